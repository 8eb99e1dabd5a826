package io.kafkahdfs.producer.config;

/** Reads the setting of the key separator. */
final class KeySeparator {
  private KeySeparator() {}

  static String parse(String text) {
    String separator = text.replace("\\t", "\t");
    if (separator.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return separator;
  }
}
