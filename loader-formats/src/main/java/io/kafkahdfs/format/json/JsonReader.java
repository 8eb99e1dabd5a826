package io.kafkahdfs.format.json;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.lines.LinesReader;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reads lines that tell where their records came from. */
record JsonReader(LinesReader lines) implements FormatReader {
  @Override
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    return lines.open(file, start, length);
  }

  @Override
  public void inspect(Path file) throws IOException {
    lines.inspect(file);
  }

  @Override
  public boolean isSplittable(Path file) throws MissingLibraryException {
    return lines.isSplittable(file);
  }

  @Override
  public Optional<KafkaRecord> firstLoaded(Path file) throws IOException {
    try (RecordDecoder records = open(file, 0, Long.MAX_VALUE)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }
}
