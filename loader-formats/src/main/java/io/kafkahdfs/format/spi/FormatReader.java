package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reads files of a format. May be used by several threads. */
public interface FormatReader {
  /**
   * Opens a stretch of a file. All stretches of a file together have each of its records once.
   *
   * @param start the stretch's first byte
   * @param length how many bytes it has
   * @throws MissingLibraryException if what reads it is not there
   * @throws IOException also if it is not a file of this format
   */
  RecordDecoder open(Path file, long start, long length) throws IOException;

  /**
   * Looks at the beginning of a file.
   *
   * @throws MissingLibraryException if what reads it is not there
   * @throws IOException also if it is not a file of this format
   */
  void inspect(Path file) throws IOException;

  /**
   * Whether reading can begin in the middle of a file.
   *
   * @throws MissingLibraryException if a codec that the cluster is set to use is not there
   */
  boolean isSplittable(Path file) throws MissingLibraryException;

  /**
   * The first record, if the file tells where its records came from.
   *
   * @return empty for other files, and those without records
   * @throws IOException also if it is not a file of this format
   */
  default Optional<KafkaRecord> firstLoaded(Path file) throws IOException {
    return Optional.empty();
  }

  /**
   * The topic that the file's records were loaded from, if it tells.
   *
   * @return empty for other files, and those without records
   * @throws IOException also if it is not a file of this format
   */
  default Optional<String> topic(Path file) throws IOException {
    return firstLoaded(file).map(record -> record.partition().topic());
  }
}
