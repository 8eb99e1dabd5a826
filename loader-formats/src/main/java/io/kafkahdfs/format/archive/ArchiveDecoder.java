package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** Archive records of kafka-to-hdfs, with all that Kafka knew of them. */
final class ArchiveDecoder implements RecordDecoder {
  private final AvroBlocks blocks;
  private final boolean holdsBad;
  private final ArchiveDatumReader reader = new ArchiveDatumReader();

  ArchiveDecoder(AvroFile file, long start, long end, boolean checked) throws IOException {
    reader.setSchema(file.schema());
    holdsBad = file.meta(Quarantine.MARK).isPresent();
    blocks = new AvroBlocks(file, start, end, checked);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    BinaryDecoder record = blocks.next();
    if (record == null) {
      return false;
    }
    try {
      reader.read(into, record);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(Reason.of(e), e);
    }
  }

  @Override
  public boolean holdsBad() {
    return holdsBad;
  }

  @Override
  public float progress() {
    return blocks.progress();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
