package io.kafkahdfs.producer.decode;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Archive records of kafka-to-hdfs, with all that Kafka knew of them. */
final class ArchiveDecoder implements RecordDecoder {
  /** As a length: all that there is. Avro adds the length of a mark to where a stretch ends. */
  static final long WHOLE = Long.MAX_VALUE - DataFileConstants.SYNC_SIZE;

  private final DataFileReader<KafkaRecord> reader;
  private final long start;
  private final long end;

  ArchiveDecoder(Path file, long start, long length, Configuration configuration)
      throws IOException {
    this.start = start;
    this.end = start + length;
    reader = new DataFileReader<>(new HdfsInput(file, configuration), new ArchiveDatumReader());
    reader.sync(start);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    try {
      if (!reader.hasNext() || reader.pastSync(end)) {
        return false;
      }
      reader.next(into);
      return true;
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public float progress() throws IOException {
    return end == start ? 1 : Math.min(1f, (reader.tell() - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
