package io.kafkahdfs.format.print;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of a file's folders say, {@code dt=2026-11-26}, as Hive writes them. */
final class FolderValues {
  /** How Hive names the folder of null and of empty text. */
  private static final String NONE = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

  private final Map<String, String> values;

  private FolderValues(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param path of a file; its own name does not count
   */
  static FolderValues of(String path) {
    Map<String, String> values = new HashMap<>();
    String[] names = path.split("/");
    for (int i = 0; i < names.length - 1; i++) {
      int equals = names[i].indexOf('=');
      if (equals > 0) {
        String value = names[i].substring(equals + 1);
        if (!value.equals(NONE)) {
          values.put(plain(names[i].substring(0, equals)), plain(value));
        }
      }
    }
    return new FolderValues(values);
  }

  /** Hive escapes characters below 128, each by itself. */
  private static String plain(String name) {
    return ESCAPED
        .matcher(name)
        .replaceAll(
            escaped ->
                Matcher.quoteReplacement(
                    new String(
                        new byte[] {(byte) Integer.parseInt(escaped.group(1), 16)},
                        StandardCharsets.ISO_8859_1)));
  }

  /** Empty also for null, and where there is no such folder. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
