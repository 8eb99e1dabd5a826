package io.kafkahdfs.producer.config;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.ValueType;
import java.util.List;
import java.util.Optional;

/** The settings of the commands that look at exports; declared once. */
public final class LookSettings {
  public static final Setting<Boolean> JSON =
      new Setting<>(
          "Other commands",
          "export.json",
          List.of("--json"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Print JSON for programs instead of tables for people.");

  public static final Setting<Boolean> DEEP =
      new Setting<>(
          "Other commands",
          "export.deep",
          List.of("--deep"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Read back from Kafka what was sent, with verify, and hold it against the receipts and"
              + " the files.");

  public static final Setting<Long> LIMIT =
      new Setting<>(
          "Other commands",
          "export.limit",
          List.of("--limit"),
          "RECORDS",
          ValueType.count(),
          Optional.of("10"),
          "cat: how many records to print at most.");

  public static final Setting<String> RECORD_FORMAT = CommonSettings.recordFormat("export.");

  public static final Setting<String> WHERE = CommonSettings.where("export.");

  /** All of them, in the order of the documentation. */
  public static final List<Setting<?>> ALL = List.of(JSON, DEEP, LIMIT, RECORD_FORMAT, WHERE);

  private LookSettings() {}
}
