package io.kafkahdfs.producer.config;

import io.kafkahdfs.client.SendSettings.Compression;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.GenerationChoice;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting of an export, declared once. */
public final class ExportSettings {
  /** How the keys of all these settings begin. */
  public static final String PREFIX = "export.";

  private static final String KAFKA = CommonSettings.KAFKA;
  private static final String FILES = "What is sent";
  private static final String TARGET = "Where to";
  private static final String RUN = CommonSettings.RUN;

  public static final Setting<List<String>> BOOTSTRAP_SERVERS =
      CommonSettings.bootstrapServers(PREFIX);

  public static final Setting<String> COMMAND_CONFIG = CommonSettings.commandConfig(PREFIX);

  public static final Setting<Duration> TIMEOUT = CommonSettings.timeout(PREFIX);

  public static final Setting<GenerationChoice> GENERATION = CommonSettings.generation(PREFIX);

  public static final Setting<Guarantee> GUARANTEE =
      new Setting<>(
          KAFKA,
          "export.guarantee",
          List.of("--guarantee"),
          "GUARANTEE",
          new ValueType<>("exactly-once or at-least-once", Guarantee::parse),
          Optional.empty(),
          "exactly-once sends in transactions, and needs brokers that have them (Kafka 0.11 and"
              + " newer). at-least-once: after a failure records may be there twice, none is"
              + " missing. Without it exactly-once where the brokers can.");

  public static final Setting<Compression> COMPRESSION =
      new Setting<>(
          KAFKA,
          "export.compression",
          List.of("--compression"),
          "CODEC",
          ValueType.choice(Compression.class),
          Optional.of("none"),
          "How batches are compressed on their way and, unless the topic says otherwise, in"
              + " Kafka.");

  public static final Setting<Long> BATCH_BYTES =
      new Setting<>(
          KAFKA,
          "export.batch.bytes",
          List.of("--batch-bytes"),
          "BYTES",
          ValueType.bytes(1, 1 << 30),
          Optional.of("256k"),
          "How large a batch of one partition may become. More than a topic's max.message.bytes is"
              + " refused; the default is lowered to that.");

  public static final Setting<Duration> LINGER =
      new Setting<>(
          KAFKA,
          "export.linger",
          List.of("--linger"),
          "TIME",
          ValueType.duration(),
          Optional.of("20ms"),
          "How long a batch may wait to be filled.");

  public static final Setting<Duration> COMMIT_INTERVAL =
      new Setting<>(
          KAFKA,
          "export.commit.interval",
          List.of("--commit-interval"),
          "TIME",
          ValueType.duration(),
          Optional.of("10s"),
          "How long a task's transaction may take before it is committed and the next one begun."
              + " Must be below kafka.transaction.timeout.ms (60000 unless set). For"
              + " at-least-once: how often progress is saved at least.");

  public static final Setting<Long> COMMIT_RECORDS =
      new Setting<>(
          KAFKA,
          "export.commit.records",
          List.of("--commit-records"),
          "RECORDS",
          ValueType.count(),
          Optional.of("1000000"),
          "After so many records of a task a transaction is committed in any case. For"
              + " at-least-once: progress is saved in any case, so that no more than these are"
              + " repeated after a failure.");

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
          "How records of Avro files that are no archives are written into values: as Avro binary"
              + " without their schema, or as JSON.");

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
              + " of another format: fail, or count them as bad and go on, with all of such a file"
              + " that comes before the damage.");

  public static final Setting<String> TOPIC =
      new Setting<>(
          TARGET,
          "export.topic",
          List.of("--topic"),
          "TOPIC",
          topicName("a topic's name"),
          Optional.empty(),
          "The topic to send to. This or --topic-from-record is required.");

  public static final Setting<Boolean> TOPIC_FROM_RECORD =
      new Setting<>(
          TARGET,
          "export.topic.from.record",
          List.of("--topic-from-record"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Send each archive record to the topic that it was read from.");

  public static final Setting<String> TOPIC_PREFIX =
      new Setting<>(
          TARGET,
          "export.topic.prefix",
          List.of("--topic-prefix"),
          "PREFIX",
          topicName("how a topic's name can begin"),
          Optional.empty(),
          "What is put before the topics of --topic-from-record.");

  public static final Setting<String> PARTITION =
      new Setting<>(
          TARGET,
          "export.partition",
          List.of("--partition"),
          "archive|key|round-robin|CLASS",
          ValueType.text("archive, key, round-robin or the name of a class"),
          Optional.empty(),
          "archive: the partition that an archive record was read from (default for archives)."
              + " key: as Kafka's own Java client places it (default for all else). round-robin:"
              + " one after the other. CLASS: your own TargetPartitioner, in a jar given with"
              + " -libjars.");

  public static final Setting<Timestamps> TIMESTAMPS =
      new Setting<>(
          TARGET,
          "export.timestamps",
          List.of("--timestamps"),
          "keep|now",
          ValueType.choice(Timestamps.class),
          Optional.of("keep"),
          "keep: archive records keep their own timestamps. now: they get the time at which they"
              + " are sent, for topics that would refuse old ones or soon delete them.");

  public static final Setting<NewTopics> CREATE_TOPICS =
      new Setting<>(
          TARGET,
          "export.create.topics",
          List.of("--create-topics"),
          "PARTITIONS:REPLICATION",
          new ValueType<>("PARTITIONS:REPLICATION, such as 6:3", NewTopics::parse),
          Optional.empty(),
          "Create topics that do not exist, with so many partitions on so many brokers each."
              + " Without it a topic that does not exist is an error.");

  public static final Setting<String> EXPORT_ID =
      new Setting<>(
          RUN,
          "export.export.id",
          List.of("--export-id"),
          "ID",
          new ValueType<>(
              "1 to 100 letters, digits, dots, underscores and hyphens, the first one a letter or"
                  + " digit",
              text -> {
                if (!Pattern.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}", text)) {
                  throw new IllegalArgumentException(text);
                }
                return text;
              }),
          Optional.empty(),
          "What this export is called. The same id again resumes it, or says that it is done."
              + " Without it an id is made of the input, the target and the format.");

  public static final Setting<Boolean> AGAIN =
      new Setting<>(
          RUN,
          "export.again",
          List.of("--again"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Send everything once more if this export is done. A round that has begun and is not done"
              + " is resumed.");

  public static final Setting<String> STATE =
      new Setting<>(
          RUN,
          "export.state",
          List.of("--state"),
          "PATH",
          ValueType.text("a path on HDFS"),
          Optional.of("_hdfs_to_kafka"),
          "The folder that keeps plans, progress and receipts, one folder for each export. A"
              + " relative path is below the user's home: where several users run the same export,"
              + " set a path that they share.");

  public static final Setting<Rate> MAX_RATE =
      new Setting<>(
          RUN,
          "export.max.rate",
          List.of("--max-rate"),
          "RATE",
          new ValueType<>(
              "an amount a second, of bytes (50m, 200k) or of records (5000r)", Rate::parse),
          Optional.empty(),
          "The whole job sends no more than this a second. Each of its tasks gets an equal share.");

  public static final Setting<Integer> MAPS =
      new Setting<>(
          RUN,
          "export.maps",
          List.of("--maps"),
          "MAPS",
          ValueType.integer(1, 100_000),
          Optional.empty(),
          "How many map tasks to aim for. Without it one for each 256 MiB, at most 20. A file is"
              + " sent by one task, unless --unordered is given.");

  public static final Setting<String> MAPPER =
      new Setting<>(
          RUN,
          "export.mapper",
          List.of("--mapper"),
          "CLASS",
          ValueType.text("the name of a class"),
          Optional.empty(),
          "A mapper of yours to run on every record: a Mapper<LongWritable, KafkaRecordWritable,"
              + " LongWritable, KafkaRecordWritable>, in a jar given with -libjars. Records that it"
              + " does not write are counted as filtered.");

  public static final Setting<String> SUMMARY = CommonSettings.summary(PREFIX);

  public static final Setting<String> METRICS = CommonSettings.metrics(PREFIX);

  public static final Setting<Duration> WAIT = CommonSettings.patience(PREFIX);

  public static final Setting<Boolean> DRY_RUN =
      CommonSettings.dryRun(PREFIX, "Print the plan and end. Nothing is sent or written.");

  /** All of them, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          COMMAND_CONFIG,
          TIMEOUT,
          GENERATION,
          GUARANTEE,
          COMPRESSION,
          BATCH_BYTES,
          LINGER,
          COMMIT_INTERVAL,
          COMMIT_RECORDS,
          INPUT,
          FORMAT,
          AVRO_AS,
          KEY_SEPARATOR,
          NEWLINES,
          ANY_BYTES,
          ON_OPEN,
          UNORDERED,
          ON_BAD,
          TOPIC,
          TOPIC_FROM_RECORD,
          TOPIC_PREFIX,
          PARTITION,
          TIMESTAMPS,
          CREATE_TOPICS,
          EXPORT_ID,
          AGAIN,
          STATE,
          MAX_RATE,
          MAPS,
          MAPPER,
          SUMMARY,
          METRICS,
          WAIT,
          DRY_RUN);

  /** The settings that mean something to some formats only, each with the option that it sets. */
  public static final Map<Setting<?>, FormatOption> FORMAT_OPTIONS =
      Map.of(
          KEY_SEPARATOR,
          FormatOption.KEY_SEPARATOR,
          AVRO_AS,
          FormatOption.AVRO_VALUES,
          ANY_BYTES,
          FormatOption.ANY_BYTES,
          NEWLINES,
          FormatOption.NEWLINES);

  private ExportSettings() {}

  private static ValueType<String> topicName(String allowed) {
    Pattern form = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    return new ValueType<>(
        allowed + ": letters, digits, dots, underscores and hyphens",
        text -> {
          if (!form.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }
}
