package io.kafkahdfs.config;

import java.util.List;
import java.util.Optional;

/**
 * A setting, declared once: from this come its option, its key, its check, its line in the
 * documentation and in the sample file.
 *
 * @param section under which heading the documentation lists it
 * @param key its name in a properties file and after {@code -D}
 * @param options its names on the command line, the usual one first
 * @param label what stands for its value in the help: {@code HOST:PORT}; empty for a flag, in
 *     brackets if the value may be left out
 * @param type how its text is read
 * @param defaultText what holds if it is not given; empty if there is no such thing
 * @param documentation what it does, in full sentences
 */
public record Setting<T>(
    String section,
    String key,
    List<String> options,
    String label,
    ValueType<T> type,
    Optional<String> defaultText,
    String documentation) {
  public Setting {
    options = List.copyOf(options);
    defaultText.ifPresent(type::parse);
  }

  /** Whether it is an option without a value on the command line. */
  public boolean isFlag() {
    return label.isEmpty();
  }

  /** Whether its value may be left out on the command line, and is {@code true} then. */
  public boolean isOptional() {
    return label.startsWith("[");
  }

  /** How messages name it: by its option. */
  public String name() {
    return options.get(0);
  }
}
