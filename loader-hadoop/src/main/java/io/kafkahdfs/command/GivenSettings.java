package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.SettingFile;
import io.kafkahdfs.config.SettingSources;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Collects what is given for a command's settings, from all places.
 *
 * @param declared the command's settings
 * @param prefix how their keys begin
 * @param clientPrefix how keys begin that are handed to Kafka's client
 * @param clientFile the setting that names a file of the client's properties
 */
public record GivenSettings(
    List<Setting<?>> declared, String prefix, String clientPrefix, Setting<String> clientFile) {
  /** Where Hadoop's parser says that a property came from when it was given with -D. */
  private static final String FROM_COMMAND_LINE = "from command line";

  public GivenSettings {
    declared = List.copyOf(declared);
  }

  /**
   * The text of every setting that is given, and the client's properties, by key.
   *
   * @throws InvalidSettingException if a setting is given twice or not known, or a file that is
   *     named cannot be read
   */
  public Map<String, String> texts(SettingsCommandLine.Parsed parsed, Configuration configuration)
      throws InvalidSettingException {
    Map<String, String> properties = new TreeMap<>();
    Map<String, String> site = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      String key = entry.getKey();
      if (key.startsWith(prefix) || key.startsWith(clientPrefix)) {
        String[] sources = configuration.getPropertySources(key);
        boolean given = sources != null && List.of(sources).contains(FROM_COMMAND_LINE);
        (given ? properties : site).put(key, value(key, configuration));
      }
    }
    Map<String, String> file =
        parsed.config() == null ? Map.of() : SettingFile.properties(parsed.config(), "--config");
    Map<String, String> merged =
        new SettingSources(parsed.options(), properties, file, parsed.config(), site)
            .merge(declared, prefix, clientPrefix);
    String client = merged.get(clientFile.key());
    if (client != null) {
      SettingFile.properties(client, clientFile.name())
          .forEach((key, value) -> merged.putIfAbsent(clientPrefix + key, value));
    }
    return merged;
  }

  /**
   * Checks that what must be given is given.
   *
   * @throws InvalidSettingException naming all that is not
   */
  public static void require(Settings settings, List<Setting<?>> required)
      throws InvalidSettingException {
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : required) {
      if (!settings.isGiven(setting)) {
        problems.add(
            "Set " + setting.name() + " " + setting.label() + " (or " + setting.key() + ").");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
  }

  private static String value(String key, Configuration configuration)
      throws InvalidSettingException {
    try {
      return configuration.get(key);
    } catch (IllegalStateException e) {
      // Hadoop puts values in for ${...}, and has come to no end.
      throw new InvalidSettingException(
          "Wrong value "
              + Quoted.text(configuration.getRaw(key))
              + " for "
              + key
              + ": what stands for ${...} in it stands for others in turn, without an end.");
    }
  }
}
