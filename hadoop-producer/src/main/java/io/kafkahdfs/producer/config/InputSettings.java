package io.kafkahdfs.producer.config;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of an export that say what is sent. */
public final class InputSettings {
  private static final String FILES = "What is sent";

  public static final Setting<List<String>> INPUT =
      new Setting<>(
          FILES,
          "export.input",
          List.of("--input"),
          "PATH[,PATH...]",
          ValueType.list("a path, several separated by commas"),
          Optional.empty(),
          "Files, folders or globs; may be repeated. Folders are read with all that is in them, but"
              + " for names that begin with _ or a dot, or end in ._COPYING_; globs pass over such"
              + " names too, unless they write them out, as in _*. Required.");

  public static final Setting<FileFormat> FORMAT =
      new Setting<>(
          FILES,
          "export.format",
          List.of("--format"),
          "FORMAT",
          ValueType.choice(FileFormat.class),
          Optional.of("avro"),
          FileFormat.describe(Format::read));

  public static final Setting<AvroValues> AVRO_AS =
      new Setting<>(
          FILES,
          "export.avro.as",
          List.of("--avro-as"),
          "binary|json",
          ValueType.choice(AvroValues.class),
          Optional.of("binary"),
          "How records of Avro files, and rows of Parquet and ORC files, that are no archives are"
              + " written into values: as Avro binary without their schema, or as JSON.");

  public static final Setting<List<String>> REGISTRY = CommonSettings.schemaRegistry("export.");

  public static final Setting<String> REGISTRY_CONFIG =
      CommonSettings.schemaRegistryConfig("export.");

  public static final Setting<String> KEY_SEPARATOR =
      new Setting<>(
          FILES,
          "export.key.separator",
          List.of("--key-separator"),
          "TEXT",
          // \t can be given, which shells make hard.
          new ValueType<>("a text; \\t is a tabulator", KeySeparator::parse),
          Optional.empty(),
          "In text, what stands before the first such separator is the key, what stands behind it"
              + " the value. A line without one is bad. Without this setting keys are null.");

  public static final Setting<EscapedLines> NEWLINES =
      new Setting<>(
          FILES,
          "export.newlines",
          List.of("--newlines"),
          "keep|unescape",
          ValueType.choice(EscapedLines.class),
          Optional.of("keep"),
          "What to do in text about backslashes: keep them, or make line feeds, carriage returns"
              + " and backslashes of \\n, \\r and \\\\, as kafka-to-hdfs --newlines escape wrote"
              + " them. With unescape any other backslash makes its line a bad one.");

  public static final Setting<Boolean> ANY_BYTES =
      new Setting<>(
          FILES,
          "export.any.bytes",
          List.of("--any-bytes"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Read files as text whatever they look like. Without it files that seem to be UTF-16,"
              + " compressed in a way that their names do not tell, Avro, Parquet and the like are"
              + " refused.");

  public static final Setting<OnOpen> ON_OPEN =
      new Setting<>(
          FILES,
          "export.on.open",
          List.of("--on-open"),
          "fail|skip",
          ValueType.choice(OnOpen.class),
          Optional.of("fail"),
          "What to do about files that are still being written: fail, or leave them out and record"
              + " in the receipt that they are missing. Detected on HDFS and Ozone.");

  public static final Setting<Boolean> UNORDERED =
      new Setting<>(
          FILES,
          "export.unordered",
          List.of("--unordered"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Let several tasks send parts of one large file at the same time. Without it the records"
              + " of a file keep their order within each partition.");

  public static final Setting<Tolerance> ON_BAD =
      new Setting<>(
          FILES,
          "export.on.bad",
          List.of("--on-bad"),
          "fail|skip",
          ValueType.choice(Tolerance.class),
          Optional.of("fail"),
          "What to do about lines without a key separator, and files that are damaged, cut short or"
              + " of another format: fail, or count them as bad and continue, with all of such a file"
              + " that comes before the damage.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          INPUT,
          FORMAT,
          AVRO_AS,
          KEY_SEPARATOR,
          NEWLINES,
          ANY_BYTES,
          ON_OPEN,
          UNORDERED,
          ON_BAD,
          REGISTRY,
          REGISTRY_CONFIG);

  /** The settings that mean something to some formats only, each with the option that it sets. */
  public static final Map<Setting<?>, FormatOption> FORMAT_OPTIONS =
      Map.of(
          KEY_SEPARATOR,
          FormatOption.KEY_SEPARATOR,
          AVRO_AS,
          FormatOption.AVRO_VALUES,
          REGISTRY,
          FormatOption.AVRO_VALUES,
          ANY_BYTES,
          FormatOption.ANY_BYTES,
          NEWLINES,
          FormatOption.NEWLINES);

  private InputSettings() {}
}
