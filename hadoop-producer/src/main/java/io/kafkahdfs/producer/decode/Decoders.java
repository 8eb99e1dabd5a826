package io.kafkahdfs.producer.decode;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_SKIP_CHECKSUM_ERRORS_KEY;

import io.kafkahdfs.producer.config.InputFormatName;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Opens files in the format that the settings say. */
public final class Decoders {
  private final DecodeSettings settings;
  private final Configuration configuration;
  private TextFiles textFiles;

  public Decoders(DecodeSettings settings, Configuration configuration) {
    this.settings = settings;
    // Hadoop's readers would pass over what a checksum tells is damaged, if a cluster is so set.
    this.configuration = new Configuration(configuration);
    this.configuration.setBoolean(IO_SKIP_CHECKSUM_ERRORS_KEY, false);
  }

  /**
   * Opens a stretch of a file.
   *
   * @throws IOException also if it is not a file of this format
   */
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    return switch (settings.format()) {
      case AVRO -> AvroDecoders.open(file, start, length, settings, configuration);
      case TEXT -> text(file, start, length);
      case SEQUENCE -> new SequenceDecoder(file, start, length, configuration);
    };
  }

  /**
   * Looks at the beginning of a file. Used by several threads.
   *
   * @throws MissingLibraryException if what reads it is not there
   * @throws IOException also if it is not a file of this format
   */
  public void inspect(Path file) throws IOException {
    long whole = Long.MAX_VALUE;
    switch (settings.format()) {
      case AVRO -> AvroDecoders.inspect(file, configuration);
      case TEXT -> textFiles().open(file, 0, whole).close();
      case SEQUENCE -> new SequenceDecoder(file, 0, whole, configuration).close();
    }
  }

  private RecordDecoder text(Path file, long start, long length) throws IOException {
    Lines lines = textFiles().open(file, start, length);
    return new TextDecoder(lines, settings.keySeparator(), settings.lines());
  }

  /** Made once: it makes all codecs. */
  private synchronized TextFiles textFiles() throws MissingLibraryException {
    if (textFiles == null) {
      textFiles = new TextFiles(!settings.anyBytes(), configuration);
    }
    return textFiles;
  }

  /** Whether reading can begin in the middle of a file. */
  public boolean isSplittable(Path file) throws MissingLibraryException {
    return settings.format() != InputFormatName.TEXT || textFiles().isSplittable(file);
  }
}
