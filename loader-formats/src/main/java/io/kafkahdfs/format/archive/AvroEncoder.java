package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;

/** Avro object container files of {@link ArchiveSchema}: the format that loses nothing. */
final class AvroEncoder extends AvroContainer<KafkaRecord> implements RecordEncoder {
  AvroEncoder(OutputStream out, WriteOptions options, Provenance provenance) throws IOException {
    super(out, options, ArchiveSchema.schema(), new ArchiveDatumWriter(), provenance.entries());
  }
}
