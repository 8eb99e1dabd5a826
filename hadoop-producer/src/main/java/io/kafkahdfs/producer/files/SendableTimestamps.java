package io.kafkahdfs.producer.files;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Records whose timestamps Kafka's producer takes. Brokers take times before 1970 from other
 * clients, so archives may have some.
 */
record SendableTimestamps(RecordDecoder records) implements RecordDecoder {
  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!records.next(into)) {
      return false;
    }
    if (into.timestamp() < 0 && into.timestamp() != KafkaRecord.NO_TIMESTAMP) {
      throw new BadRecordException(
          "has the timestamp "
              + into.timestamp()
              + ", before 1970, which Kafka's producer does not send; --timestamps now sends"
              + " records without their own");
    }
    return true;
  }

  @Override
  public float progress() throws IOException {
    return records.progress();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /** Reads files of such records. */
  record Reader(FormatReader files) implements FormatReader {
    @Override
    public RecordDecoder open(Path file, long start, long length) throws IOException {
      return new SendableTimestamps(files.open(file, start, length));
    }

    @Override
    public void inspect(Path file) throws IOException {
      files.inspect(file);
    }

    @Override
    public boolean isSplittable(Path file) throws MissingLibraryException {
      return files.isSplittable(file);
    }

    @Override
    public Optional<KafkaRecord> firstLoaded(Path file) throws IOException {
      return files.firstLoaded(file);
    }

    @Override
    public Optional<String> topic(Path file) throws IOException {
      return files.topic(file);
    }
  }
}
