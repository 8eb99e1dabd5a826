package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.typed.TypedRowDecoder;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads archives, and other Avro files, which it tells from them. */
final class AvroReader implements FormatReader {
  private final ReadOptions options;
  private final Configuration configuration;

  AvroReader(ReadOptions options, Configuration configuration) {
    this.options = options;
    this.configuration = configuration;
  }

  @Override
  public RecordDecoder open(Path path, long start, long length) throws IOException {
    AvroFile file = new AvroFile(path, configuration);
    return decoder(file, start, start + length, options.checkedFirst());
  }

  /** The file is closed with the decoder, also if there is none after all. */
  private RecordDecoder decoder(AvroFile file, long start, long end, boolean checked)
      throws IOException {
    if (TypedRowDecoder.fits(file.schema())) {
      return TypedRowDecoder.of(
          new AvroRows.Reader(file, start, end, checked), options.registry(), options.avroValues());
    }
    return isArchive(file.schema())
        ? new ArchiveDecoder(file, start, end, checked)
        : new AvroValueDecoder(file, start, end, options.avroValues(), checked);
  }

  @Override
  public void inspect(Path path) throws IOException {
    try (AvroFile file = new AvroFile(path, configuration)) {
      AvroCodec.of(file);
    }
  }

  @Override
  public boolean isSplittable(Path file) {
    return true;
  }

  @Override
  public Optional<KafkaRecord> firstLoaded(Path path) throws IOException {
    AvroFile file = new AvroFile(path, configuration);
    if (!tellsOrigin(file.schema())) {
      file.close();
      return Optional.empty();
    }
    try (RecordDecoder records = decoder(file, 0, Long.MAX_VALUE, false)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }

  /** As an archive's header says, or else its first record. */
  @Override
  public Optional<String> topic(Path file) throws IOException {
    try (AvroFile header = new AvroFile(file, configuration)) {
      if (!tellsOrigin(header.schema())) {
        return Optional.empty();
      }
      Optional<String> topic = header.meta(Provenance.TOPIC);
      if (topic.isPresent()) {
        return topic;
      }
    }
    return firstLoaded(file).map(record -> record.partition().topic());
  }

  private static boolean tellsOrigin(Schema schema) {
    return isArchive(schema) || TypedRowDecoder.fits(schema);
  }

  private static boolean isArchive(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        && schema.getFullName().equals(ArchiveSchema.schema().getFullName());
  }
}
