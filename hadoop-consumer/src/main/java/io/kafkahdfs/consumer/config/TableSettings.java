package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.format.FileFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a load that say which table learns of it. */
public final class TableSettings {
  private static final String TABLES = "Tables";

  public static final Setting<String> ICEBERG_TABLE =
      new Setting<>(
          TABLES,
          "load.iceberg.table",
          List.of("--iceberg-table"),
          "CATALOG.DB.TABLE",
          ValueType.text("a catalog, a namespace and a table, separated by dots"),
          Optional.empty(),
          "After each commit also append its files to this table of Iceberg, as one snapshot. The"
              + " catalog's properties are given with -D iceberg.catalog.CATALOG.*, and"
              + " kafka-to-hdfs-iceberg.jar with -libjars. With --format parquet or orc.");

  public static final Setting<String> HIVE_TABLE =
      new Setting<>(
          TABLES,
          "load.hive.table",
          List.of("--hive-table"),
          "DB.TABLE",
          ValueType.text("a database and a table, separated by a dot"),
          Optional.empty(),
          "After each commit also add the partitions that it has begun, and columns that are new, to"
              + " this external table of Hive. With a --layout of folders KEY=VALUE, and --format"
              + " parquet or orc; kafka-to-hdfs-hive.jar is given with -libjars. The metastore"
              + " is that of hive.metastore.uris.");

  public static final Setting<Boolean> CREATE_TABLE =
      new Setting<>(
          TABLES,
          "load.create.table",
          List.of("--create-table"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Create the table if it is not there, with the columns of the first file that lands.");

  private TableSettings() {}

  /** What no single setting's check can tell. */
  public static void check(Settings settings) throws InvalidSettingException {
    List<TableKind> kinds = TableKind.all(settings);
    if (kinds.isEmpty()) {
      if (settings.get(CREATE_TABLE)) {
        throw new InvalidSettingException(
            "--create-table needs --iceberg-table "
                + ICEBERG_TABLE.label()
                + " or --hive-table "
                + HIVE_TABLE.label()
                + ".");
      }
      return;
    }
    if (kinds.size() > 1) {
      throw new InvalidSettingException(
          "A load tells one table, and --iceberg-table and --hive-table are both set. Leave one"
              + " out.");
    }
    TableKind kind = kinds.get(0);
    String table = settings.get(kind.setting());
    if (!kind.canBe(table)) {
      throw new InvalidSettingException(
          kind.setting().name()
              + " "
              + table
              + " is no "
              + kind.setting().label()
              + ": "
              + kind.names()
              + ".");
    }
    if (!kind.formats().contains(settings.get(FileSettings.FORMAT))) {
      throw new InvalidSettingException(
          kind.setting().name()
              + " needs --format "
              + kind.formats().stream().map(FileFormat::id).collect(Collectors.joining(" or "))
              + ", and it is "
              + settings.get(FileSettings.FORMAT).id()
              + ".");
    }
    if (kind == TableKind.HIVE) {
      checkFolders(settings);
    }
  }

  private static void checkFolders(Settings settings) throws InvalidSettingException {
    List<String> folders = LayoutFolders.of(settings);
    long keys = folders.stream().filter(folder -> folder.indexOf('=') > 0).count();
    List<String> fixed = folders.subList(0, folders.size() - (int) keys);
    if (keys == 0 || fixed.stream().anyMatch(folder -> folder.indexOf('=') >= 0)) {
      throw new InvalidSettingException(
          "--hive-table needs a --layout that ends with folders KEY=VALUE, such as daily, and it is "
              + settings.get(FileSettings.LAYOUT)
              + ".");
    }
    for (String folder : fixed) {
      if (folder.indexOf('{') >= 0) {
        throw new InvalidSettingException(
            "A table has one folder, and --layout "
                + settings.get(FileSettings.LAYOUT)
                + " makes several of "
                + folder
                + ". Load one --topic, without --include, or take a layout in which only folders"
                + " KEY=VALUE tell of records.");
      }
    }
  }
}
