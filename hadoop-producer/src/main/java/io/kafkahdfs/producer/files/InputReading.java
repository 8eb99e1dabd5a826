package io.kafkahdfs.producer.files;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.producer.config.InputSettings;
import org.apache.hadoop.conf.Configuration;

/** How the settings say that input files are read. */
public final class InputReading {
  private InputReading() {}

  /**
   * @param timestampsSent whether records are sent with their timestamps: those that cannot be sent
   *     make a record bad then
   */
  public static FormatReader of(
      Settings settings, boolean timestampsSent, Configuration configuration) {
    FormatReader reader = of(settings, configuration);
    return timestampsSent ? new SendableTimestamps.Reader(reader) : reader;
  }

  /** Reads records as they are. */
  public static FormatReader of(Settings settings, Configuration configuration) {
    return settings.get(InputSettings.FORMAT).reader(options(settings), configuration);
  }

  private static ReadOptions options(Settings settings) {
    return new ReadOptions(
        settings.get(InputSettings.AVRO_AS),
        settings.find(InputSettings.KEY_SEPARATOR),
        settings.get(InputSettings.NEWLINES),
        settings.get(InputSettings.ANY_BYTES),
        settings.get(InputSettings.ON_BAD) == Tolerance.FAIL);
  }
}
