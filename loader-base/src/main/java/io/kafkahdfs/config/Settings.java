package io.kafkahdfs.config;

import io.kafkahdfs.failure.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The values of all settings of a run, checked. Immutable. */
public final class Settings {
  private final Map<String, String> texts;

  private Settings(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads settings and checks each.
   *
   * @param declared the settings to read
   * @param lookup the text given for a key, or null
   * @throws InvalidSettingException naming every wrong value, with what is allowed
   */
  public static Settings read(Collection<Setting<?>> declared, Function<String, String> lookup)
      throws InvalidSettingException {
    Map<String, String> texts = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : declared) {
      String text;
      try {
        text = lookup.apply(setting.key());
      } catch (IllegalStateException e) {
        // Hadoop puts values in for ${...}, and has come to no end.
        problems.add("No value for " + setting.key() + " can be found: " + e.getMessage() + ".");
        continue;
      }
      if (text == null) {
        continue;
      }
      try {
        setting.type().parse(text);
        texts.put(setting.key(), text);
      } catch (IllegalArgumentException e) {
        problems.add(
            "Wrong value "
                + Quoted.text(text)
                + " for "
                + setting.name()
                + " ("
                + setting.key()
                + "): allowed is "
                + setting.type().allowed()
                + ".");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
    return new Settings(Map.copyOf(texts));
  }

  /** The value that was given, or else the default; empty if there is neither. */
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(texts.get(setting.key()))
        .or(setting::defaultText)
        .map(setting.type()::parse);
  }

  /**
   * The value that was given, or else the default.
   *
   * @throws NoSuchElementException if there is neither; whoever needs such a setting checks first
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new NoSuchElementException(setting.name() + " is not given"));
  }

  public boolean isGiven(Setting<?> setting) {
    return texts.containsKey(setting.key());
  }

  /** The texts that were given, by key; from them equal settings can be read again. */
  public Map<String, String> texts() {
    return texts;
  }
}
