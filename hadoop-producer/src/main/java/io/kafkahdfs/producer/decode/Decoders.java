package io.kafkahdfs.producer.decode;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;

/** Opens files in the format that the settings say. */
public final class Decoders {
  private final DecodeSettings settings;
  private final Configuration configuration;

  public Decoders(DecodeSettings settings, Configuration configuration) {
    this.settings = settings;
    this.configuration = configuration;
  }

  /**
   * Opens a stretch of a file.
   *
   * @throws IOException also if it is not a file of this format
   */
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    return switch (settings.format()) {
      case AVRO -> AvroDecoders.open(file, start, length, settings, configuration);
      case TEXT -> new TextDecoder(lines(file, start, length), settings.keySeparator());
      case SEQUENCE -> new SequenceDecoder(file, start, length, configuration);
    };
  }

  private Lines lines(Path file, long start, long length) throws IOException {
    return new CompressionCodecFactory(configuration).getCodec(file) == null
        ? new PlainLines(file, start, length, configuration)
        : new HadoopLines(file, start, length, configuration);
  }

  /**
   * Reads over a whole file as far as that is needed to tell whether it is whole, where that takes
   * much less than reading its records.
   *
   * @throws IOException if it is damaged or cut short
   */
  public void check(Path file) throws IOException {
    switch (settings.format()) {
      case AVRO -> AvroFileCheck.check(file, configuration);
      case TEXT, SEQUENCE -> {
        // Damage shows as records are read.
      }
    }
  }

  /** Whether reading can begin in the middle of a file. */
  public boolean isSplittable(Path file) {
    return switch (settings.format()) {
      case AVRO, SEQUENCE -> true;
      case TEXT -> {
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
        yield codec == null || codec instanceof SplittableCompressionCodec;
      }
    };
  }
}
