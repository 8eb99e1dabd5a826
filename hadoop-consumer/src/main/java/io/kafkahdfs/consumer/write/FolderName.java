package io.kafkahdfs.consumer.write;

import io.kafkahdfs.store.HiddenName;

/** Makes names of folders of values, as Hive does it, so that Hive finds the values again. */
final class FolderName {
  /** What Hive calls the partition of rows without a value. */
  static final String NONE = "__HIVE_DEFAULT_PARTITION__";

  private static final String ESCAPED = "\"#%'*/:=?\\\u007f{[]^";

  private FolderName() {}

  /** A value as a part of a name; an empty one, or null, is {@link #NONE}. */
  static String of(String value) {
    if (value == null || value.isEmpty()) {
      return NONE;
    }
    StringBuilder name = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
        escape(c, name);
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** A name that readers do not pass over, and that leads nowhere else. */
  static String visible(String name) {
    if (!HiddenName.is(name)) {
      return name;
    }
    StringBuilder visible = new StringBuilder();
    escape(name.charAt(0), visible);
    return visible.append(name, 1, name.length()).toString();
  }

  private static void escape(char c, StringBuilder into) {
    into.append('%')
        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
  }
}
