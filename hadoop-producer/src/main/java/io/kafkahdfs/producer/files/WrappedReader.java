package io.kafkahdfs.producer.files;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;

/** Reads files whose records something is done to. */
record WrappedReader(FormatReader files, UnaryOperator<RecordDecoder> wrapping)
    implements FormatReader {
  @Override
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    return wrapping.apply(files.open(file, start, length));
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
