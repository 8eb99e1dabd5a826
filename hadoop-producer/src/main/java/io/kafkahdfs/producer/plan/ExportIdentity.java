package io.kafkahdfs.producer.plan;

import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.Timestamps;
import io.kafkahdfs.state.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is exported, from where to where and how: what must be the same for an export to be resumed.
 *
 * @param inputs as they were given, with their file system
 * @param settings the texts of all settings that decide what is sent, by key
 */
public record ExportIdentity(List<String> inputs, SortedMap<String, String> settings) {
  private static final List<Setting<?>> DECISIVE =
      List.of(
          InputSettings.FORMAT,
          InputSettings.AVRO_AS,
          InputSettings.KEY_SEPARATOR,
          InputSettings.UNORDERED,
          ExportSettings.TOPIC,
          ExportSettings.TOPIC_FROM_RECORD,
          ExportSettings.TOPIC_PREFIX,
          ExportSettings.PARTITION,
          ExportSettings.MAPPER);

  private static final int ID_DIGITS = 12;

  public ExportIdentity {
    inputs = List.copyOf(inputs);
    settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * @param inputs with their file system
   */
  public static ExportIdentity of(List<String> inputs, Settings settings) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Setting<?> setting : DECISIVE) {
      if (settings.isGiven(setting)) {
        texts.put(setting.key(), settings.texts().get(setting.key()).strip());
      } else {
        setting.defaultText().ifPresent(text -> texts.put(setting.key(), text));
      }
    }
    if (settings.get(InputSettings.NEWLINES) != EscapedLines.KEEP) {
      texts.put(
          InputSettings.NEWLINES.key(),
          settings.get(InputSettings.NEWLINES).name().toLowerCase(Locale.ROOT));
    }
    if (settings.isGiven(InputSettings.REGISTRY)) {
      texts.put(
          InputSettings.REGISTRY.key(), String.join(",", settings.get(InputSettings.REGISTRY)));
    }
    if (settings.get(ExportSettings.TIMESTAMPS) != Timestamps.KEEP) {
      // Exports that were begun before there was this setting keep their identity.
      texts.put(
          ExportSettings.TIMESTAMPS.key(),
          settings.get(ExportSettings.TIMESTAMPS).name().toLowerCase(Locale.ROOT));
    }
    return new ExportIdentity(inputs.stream().sorted().distinct().toList(), texts);
  }

  /**
   * An id that is equal for equal exports to one cluster.
   *
   * @param bootstrapServers how the cluster is reached
   */
  public String derivedId(List<String> bootstrapServers) {
    List<String> lines = new ArrayList<>(inputs);
    settings.forEach((key, value) -> lines.add(key + "=" + value));
    bootstrapServers.stream().sorted().forEach(lines::add);
    return "export-" + Sha256.hex(String.join("\n", lines), ID_DIGITS);
  }

  /** For messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.join(", ", inputs));
    settings.forEach((key, value) -> text.append(", ").append(key).append('=').append(value));
    return text.toString();
  }
}
