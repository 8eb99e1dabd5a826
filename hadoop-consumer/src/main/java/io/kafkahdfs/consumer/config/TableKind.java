package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.format.FileFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of tables that can learn of a load. */
public enum TableKind {
  ICEBERG(
      TableSettings.ICEBERG_TABLE,
      "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.[A-Za-z0-9_-]+",
      "at least three names of letters, digits, - and _, separated by dots",
      FileFormat.PARQUET,
      FileFormat.ORC),
  HIVE(
      TableSettings.HIVE_TABLE,
      "[A-Za-z0-9_]+\\.[A-Za-z0-9_]+",
      "two names of letters, digits and _, separated by a dot",
      FileFormat.PARQUET,
      FileFormat.ORC);

  private final Setting<String> setting;
  private final Pattern name;
  private final String names;
  private final List<FileFormat> formats;

  TableKind(Setting<String> setting, String name, String names, FileFormat... formats) {
    this.setting = setting;
    this.name = Pattern.compile(name);
    this.names = names;
    this.formats = List.of(formats);
  }

  /** The kind of the table that is set; the first one if there are several. */
  public static Optional<TableKind> of(Settings settings) {
    return all(settings).stream().findFirst();
  }

  static List<TableKind> all(Settings settings) {
    return Arrays.stream(values()).filter(kind -> settings.isGiven(kind.setting)).toList();
  }

  /** As it stands in the names of its jar and its properties. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What names the table. */
  public Setting<String> setting() {
    return setting;
  }

  /** Whether a table can be called so. */
  boolean canBe(String table) {
    return name.matcher(table).matches();
  }

  /** What a table can be called. */
  String names() {
    return names;
  }

  /** The formats of files that such tables can have. */
  List<FileFormat> formats() {
    return formats;
  }
}
