package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.typed.TypedRowDecoder;
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
    return decoder(format.open(file, start, length, configuration));
  }

  /** Closes the rows if there is none. */
  private RecordDecoder decoder(RowReader rows) throws IOException {
    try {
      if (TypedRowDecoder.fits(rows.schema())) {
        return TypedRowDecoder.of(rows, options.registry(), options.avroValues());
      }
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
    if (!tellsOrigin(rows.schema())) {
      rows.close();
      return Optional.empty();
    }
    try (RecordDecoder records = decoder(rows)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }

  /** As the file says, or else its first record. */
  @Override
  public Optional<String> topic(Path file) throws IOException {
    try (RowReader rows = format.open(file, 0, 0, configuration)) {
      if (!tellsOrigin(rows.schema())) {
        return Optional.empty();
      }
      String topic = rows.metadata().get(Provenance.TOPIC);
      if (topic != null) {
        return Optional.of(topic);
      }
    }
    return firstLoaded(file).map(record -> record.partition().topic());
  }

  private static boolean tellsOrigin(Schema schema) {
    return isArchive(schema) || TypedRowDecoder.fits(schema);
  }

  private static boolean isArchive(Schema schema) {
    return schema.getFullName().equals(ArchiveSchema.schema().getFullName());
  }
}
