package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads files of rows: archive records, which it tells from others, and others as values. */
public record RowFileReader(RowFormat format, ReadOptions options, Configuration configuration)
    implements FormatReader {
  @Override
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    RowReader rows = format.open(file, start, length, configuration);
    try {
      return isArchive(rows.schema())
          ? new ArchiveRowDecoder(rows)
          : new RowValueDecoder(rows, options.avroValues());
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Opens it, so that what it says of all that is in it is checked. */
  @Override
  public void inspect(Path file) throws IOException {
    open(file, 0, 0).close();
  }

  @Override
  public boolean isSplittable(Path file) {
    return true;
  }

  @Override
  public Optional<KafkaRecord> firstLoaded(Path file) throws IOException {
    RowReader rows = format.open(file, 0, Long.MAX_VALUE, configuration);
    if (!isArchive(rows.schema())) {
      rows.close();
      return Optional.empty();
    }
    try (RecordDecoder records = new ArchiveRowDecoder(rows)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }

  /** As the file says, or else its first record. */
  @Override
  public Optional<String> topic(Path file) throws IOException {
    try (RowReader rows = format.open(file, 0, 0, configuration)) {
      if (!isArchive(rows.schema())) {
        return Optional.empty();
      }
      String topic = rows.metadata().get(Provenance.TOPIC);
      if (topic != null) {
        return Optional.of(topic);
      }
    }
    return firstLoaded(file).map(record -> record.partition().topic());
  }

  private static boolean isArchive(Schema schema) {
    return schema.getFullName().equals(ArchiveSchema.schema().getFullName());
  }
}
