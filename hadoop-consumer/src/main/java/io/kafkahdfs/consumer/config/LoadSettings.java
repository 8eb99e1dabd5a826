package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.GenerationChoice;
import io.kafkahdfs.config.RateTable;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.plan.StartPolicy;
import io.kafkahdfs.consumer.plan.UndecidedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting of a load, declared once. */
public final class LoadSettings {
  /** How the keys of all these settings begin. */
  public static final String PREFIX = "load.";

  private static final String KAFKA = CommonSettings.KAFKA;
  static final String RANGES = "What is read";
  static final String FILES = "Files";
  private static final String RUN = CommonSettings.RUN;

  public static final Setting<List<String>> BOOTSTRAP_SERVERS =
      CommonSettings.bootstrapServers(PREFIX);

  public static final Setting<String> COMMAND_CONFIG = CommonSettings.commandConfig(PREFIX);

  public static final Setting<Duration> TIMEOUT = CommonSettings.timeout(PREFIX);

  public static final Setting<GenerationChoice> GENERATION = CommonSettings.generation(PREFIX);

  public static final Setting<String> GROUP =
      new Setting<>(
          KAFKA,
          "load.group",
          List.of("--group"),
          "NAME",
          ValueType.text("a consumer group's name"),
          Optional.empty(),
          "After each commit also publish the next offsets as those of this consumer group, so"
              + " that lag tools see the load. No run ever begins from them.");

  public static final Setting<Long> FETCH_BYTES =
      new Setting<>(
          KAFKA,
          "load.fetch.bytes",
          List.of("--fetch-bytes"),
          "BYTES",
          ValueType.bytes(1024, 1 << 30),
          Optional.of("4m"),
          "How much of a partition is fetched at once.");

  public static final Setting<Long> MAX_FETCH_BYTES =
      new Setting<>(
          KAFKA,
          "load.max.fetch.bytes",
          List.of("--max-fetch-bytes"),
          "BYTES",
          ValueType.bytes(1024, 1 << 30),
          Optional.of("64m"),
          "How far a fetch may grow for a message that does not fit into --fetch-bytes. A larger"
              + " message fails the run.");

  public static final Setting<Integer> FETCH_AHEAD =
      new Setting<>(
          KAFKA,
          "load.fetch.ahead",
          List.of("--fetch-ahead"),
          "BATCHES",
          ValueType.integer(1, 64),
          Optional.of("4"),
          "How many fetched batches may wait while an earlier one is written, and of how many later"
              + " partitions a first one may. Each takes up to --fetch-bytes of the task's memory,"
              + " more when it was compressed.");

  public static final Setting<List<String>> TOPICS =
      new Setting<>(
          RANGES,
          "load.topic",
          List.of("--topic"),
          "TOPIC[,TOPIC...]",
          ValueType.list(
              "a topic's name, several separated by commas",
              Pattern.compile("[a-zA-Z0-9._-]{1,249}")),
          Optional.empty(),
          "Topics to load; may be repeated. Each must exist. This or --include is required.");

  public static final Setting<Pattern> INCLUDE =
      new Setting<>(
          RANGES,
          "load.include",
          List.of("--include"),
          "REGEX",
          ValueType.pattern(),
          Optional.empty(),
          "Load also every topic whose whole name matches, those that appear later included."
              + " Kafka's own topics (__consumer_offsets, __transaction_state) are left out.");

  public static final Setting<Pattern> EXCLUDE =
      new Setting<>(
          RANGES,
          "load.exclude",
          List.of("--exclude"),
          "REGEX",
          ValueType.pattern(),
          Optional.empty(),
          "Leave out every topic whose whole name matches.");

  public static final Setting<StartPolicy> START =
      new Setting<>(
          RANGES,
          "load.start",
          List.of("--start"),
          "WHERE",
          new ValueType<>(
              "earliest, latest, timestamp:TIME (ISO 8601: timestamp:2026-01-31T00:00:00Z) or"
                  + " offsets:FILE (lines TOPIC:PARTITION:OFFSET)",
              StartPolicy::parse),
          Optional.of("earliest"),
          "Where partitions begin in the first run of a load. Partitions and topics that are"
              + " created later begin at offset 0, whatever this says, so that nothing of them is"
              + " left out. timestamp: begins at or before the first record of that time (Kafka 0.9"
              + " knows times only of whole segments). offsets: takes a local file of lines"
              + " TOPIC:PARTITION:OFFSET; it must name every partition of the first run, and counts"
              + " for those that it names later, too.");

  public static final Setting<Tolerance> ON_MISSING =
      new Setting<>(
          RANGES,
          "load.on.missing",
          List.of("--on-missing"),
          "fail|skip",
          ValueType.choice(Tolerance.class),
          Optional.of("fail"),
          "What to do about offsets that retention removed before they were read: fail with the"
              + " exact ranges (exit code 4), or skip them and record the loss in the commit.");

  public static final Setting<UndecidedPolicy> ON_UNDECIDED =
      new Setting<>(
          RANGES,
          "load.on.undecided",
          List.of("--on-undecided"),
          "warn|fail",
          ValueType.choice(UndecidedPolicy.class),
          Optional.of("warn"),
          "What to do about records behind the start of a transaction that is neither committed nor"
              + " aborted, which cannot be read yet: land what comes before them and name them, or"
              + " fail and land nothing (exit code 7). The next run lands them once the transaction"
              + " is decided.");

  public static final Setting<Long> MAX_RECORDS =
      new Setting<>(
          RANGES,
          "load.max.records",
          List.of("--max-records"),
          "RECORDS",
          ValueType.count(),
          Optional.empty(),
          "Load at most so many offsets in one run, spread fairly over the partitions. The next"
              + " run resumes from there.");

  public static final Setting<Long> MAX_BYTES =
      new Setting<>(
          RANGES,
          "load.max.bytes",
          List.of("--max-bytes"),
          "BYTES",
          ValueType.bytes(1, Long.MAX_VALUE),
          Optional.empty(),
          "Load about so many bytes in one run, estimated from what earlier runs saw of the bytes"
              + " a record takes.");

  public static final Setting<Duration> MAX_DURATION =
      new Setting<>(
          RANGES,
          "load.max.duration",
          List.of("--max-duration"),
          "TIME",
          ValueType.duration(),
          Optional.empty(),
          "After this time tasks end their ranges early, and what has been read is committed as"
              + " far as it has no gaps. Counted from the run's start.");

  public static final Setting<String> OUTPUT =
      new Setting<>(
          FILES,
          "load.output",
          List.of("--output"),
          "PATH",
          ValueType.text("a path on HDFS"),
          Optional.empty(),
          "The folder to land topics in. It belongs to this load alone and holds its state in"
              + " _kafka_to_hdfs. Required.");

  public static final Setting<Boolean> ACCEPT_CHANGE =
      new Setting<>(
          FILES,
          "load.accept.change",
          List.of("--accept-change"),
          "",
          ValueType.flag(),
          Optional.of("false"),
          "Continue with an output whose earlier runs loaded other topics or wrote another format."
              + " Partitions that were loaded before resume where they ended.");

  public static final Setting<RateTable> MAX_RATE =
      new Setting<>(
          RUN,
          "load.max.rate",
          List.of("--max-rate"),
          "RATE",
          RateTable.TYPE,
          Optional.empty(),
          "The whole job reads no more than this a second, of keys and values, so that brokers have"
              + " air for others. Each of its tasks gets an equal share. Times of day are local ones,"
              + " where the task runs.");

  public static final Setting<Integer> MAPS =
      new Setting<>(
          RUN,
          "load.maps",
          List.of("--maps"),
          "MAPS",
          ValueType.integer(1, 100_000),
          Optional.empty(),
          "How many map tasks to aim for. Without it one for each 256 MiB, at most 20, or as many"
              + " as YARN runs at once if that is more. A partition counts as 1 MiB beside its"
              + " records, and as 256 KiB with --file-per topic.");

  public static final Setting<String> MAPPER =
      new Setting<>(
          RUN,
          "load.mapper",
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
      CommonSettings.dryRun(PREFIX, "Print the plan and end. Nothing is written.");

  /** All of them, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          COMMAND_CONFIG,
          TIMEOUT,
          GENERATION,
          GROUP,
          FETCH_BYTES,
          MAX_FETCH_BYTES,
          FETCH_AHEAD,
          TOPICS,
          INCLUDE,
          EXCLUDE,
          START,
          PlanSettings.END,
          ON_MISSING,
          BadSettings.ON_BAD,
          BadSettings.MAX_BAD,
          ON_UNDECIDED,
          MAX_RECORDS,
          MAX_BYTES,
          MAX_DURATION,
          OUTPUT,
          FileSettings.FORMAT,
          FileSettings.CODEC,
          FileSettings.NEWLINES,
          FileSettings.FILE_PER,
          FileSettings.ROLL_BYTES,
          FileSettings.LAYOUT,
          FileSettings.TIME,
          FileSettings.TIME_ZONE,
          FileSettings.OPEN_FILES,
          ACCEPT_CHANGE,
          ValueSettings.VALUES,
          ValueSettings.VALUE_SCHEMA,
          ValueSettings.KEYS,
          ValueSettings.KEY_SCHEMA,
          ValueSettings.REGISTRY,
          ValueSettings.REGISTRY_CONFIG,
          ValueSettings.UNKNOWN_FIELDS,
          ValueSettings.METADATA,
          TableSettings.ICEBERG_TABLE,
          TableSettings.HIVE_TABLE,
          TableSettings.CREATE_TABLE,
          MAPS,
          MAX_RATE,
          MAPPER,
          SUMMARY,
          METRICS,
          WAIT,
          DRY_RUN);

  private LoadSettings() {}
}
