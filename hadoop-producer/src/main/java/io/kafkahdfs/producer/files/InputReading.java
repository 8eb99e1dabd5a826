package io.kafkahdfs.producer.files;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.registry.RegistrySettings;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.producer.config.InputSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/** How the settings say that input files are read. */
public final class InputReading {
  private InputReading() {}

  private static final RegistrySettings REGISTRIES =
      new RegistrySettings(InputSettings.REGISTRY, InputSettings.REGISTRY_CONFIG);

  /**
   * Notes for the tasks how the schema registry is reached, and asks whether it answers. To be
   * called in the driver, once.
   */
  public static void keep(Settings settings, Credentials credentials) throws IOException {
    REGISTRIES.keep(settings, credentials);
    if (settings.isGiven(InputSettings.REGISTRY)) {
      REGISTRIES.open(settings, credentials).check();
    }
  }

  /**
   * Reads records as they are to be sent: values that were columns get the numbers of their schemas
   * if there is a registry.
   *
   * @param timestampsSent whether records are sent with their timestamps: those that cannot be sent
   *     make a record bad then
   */
  public static FormatReader of(
      Settings settings,
      boolean timestampsSent,
      Configuration configuration,
      Credentials credentials)
      throws IOException {
    Optional<SchemaRegistry> registry =
        settings.isGiven(InputSettings.REGISTRY)
            ? Optional.of(REGISTRIES.open(settings, credentials))
            : Optional.empty();
    return sent(
        settings.get(InputSettings.FORMAT).reader(options(settings).with(registry), configuration),
        timestampsSent);
  }

  /**
   * Reads records as they are to be sent.
   *
   * @param timestampsSent whether records are sent with their timestamps: those that cannot be sent
   *     make a record bad then
   */
  public static FormatReader of(
      Settings settings, boolean timestampsSent, Configuration configuration) {
    return sent(of(settings, configuration), timestampsSent);
  }

  private static FormatReader sent(FormatReader reader, boolean timestampsSent) {
    return new WrappedReader(
        reader,
        records -> {
          RecordDecoder sent = AsBefore.of(records);
          return timestampsSent ? new SendableTimestamps(sent) : sent;
        });
  }

  /** Reads records as they are. */
  public static FormatReader of(Settings settings, Configuration configuration) {
    return settings.get(InputSettings.FORMAT).reader(options(settings), configuration);
  }

  /**
   * @throws InvalidSettingException if a setting is given that means nothing to the format
   */
  public static void check(Settings settings) throws InvalidSettingException {
    FileFormat format = settings.get(InputSettings.FORMAT);
    for (Map.Entry<Setting<?>, FormatOption> option : InputSettings.FORMAT_OPTIONS.entrySet()) {
      if (settings.isGiven(option.getKey())
          && !format.format().options().contains(option.getValue())) {
        throw new InvalidSettingException(
            option.getKey().options().get(0)
                + " is for --format "
                + FileFormat.knowing(option.getValue())
                + " only.");
      }
    }
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
