package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.format.FileFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
              + " kafka-to-hdfs-iceberg.jar with -libjars. With --format parquet.");

  public static final Setting<Boolean> CREATE_TABLE =
      new Setting<>(
          TABLES,
          "load.create.table",
          List.of("--create-table"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Create the table if it is not there, with the columns of the first file that lands.");

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.[A-Za-z0-9_-]+");

  private TableSettings() {}

  /** What no single setting's check can tell. */
  public static void check(Settings settings) throws InvalidSettingException {
    if (!settings.isGiven(ICEBERG_TABLE)) {
      if (settings.get(CREATE_TABLE)) {
        throw new InvalidSettingException(
            "--create-table needs --iceberg-table " + ICEBERG_TABLE.label() + ".");
      }
      return;
    }
    String table = settings.get(ICEBERG_TABLE);
    if (!NAME.matcher(table).matches()) {
      throw new InvalidSettingException(
          "--iceberg-table "
              + table
              + " is no "
              + ICEBERG_TABLE.label()
              + ": at least three names of letters, digits, - and _, separated by dots.");
    }
    if (settings.get(FileSettings.FORMAT) != FileFormat.PARQUET) {
      throw new InvalidSettingException(
          "--iceberg-table needs --format parquet, and it is "
              + settings.get(FileSettings.FORMAT).id()
              + ".");
    }
  }
}
