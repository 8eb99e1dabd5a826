package io.kafkahdfs.producer.config;

import io.kafkahdfs.client.SendSettings.Compression;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.GenerationChoice;
import io.kafkahdfs.config.RateTable;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every setting of an export, declared once. */
public final class ExportSettings {
  /** How the keys of all these settings begin. */
  public static final String PREFIX = "export.";

  private static final String KAFKA = CommonSettings.KAFKA;
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
              + " newer). at-least-once: after a failure there may be duplicates, none is"
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

  public static final Setting<RateTable> MAX_RATE =
      new Setting<>(
          RUN,
          "export.max.rate",
          List.of("--max-rate"),
          "RATE",
          RateTable.TYPE,
          Optional.empty(),
          "The whole job sends no more than this a second. Each of its tasks gets an equal share."
              + " Times of day are local ones, where the task runs.");

  public static final Setting<Integer> MAPS =
      new Setting<>(
          RUN,
          "export.maps",
          List.of("--maps"),
          "MAPS",
          ValueType.integer(1, 100_000),
          Optional.empty(),
          "How many map tasks to aim for. Without it one for each 256 MiB, at most 20, or as many"
              + " as YARN runs at once if that is more. A file is sent by one task, unless"
              + " --unordered is given.");

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
      Stream.of(
              List.<Setting<?>>of(
                  BOOTSTRAP_SERVERS,
                  COMMAND_CONFIG,
                  TIMEOUT,
                  GENERATION,
                  GUARANTEE,
                  COMPRESSION,
                  BATCH_BYTES,
                  LINGER,
                  COMMIT_INTERVAL,
                  COMMIT_RECORDS),
              InputSettings.ALL,
              List.<Setting<?>>of(
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
                  DRY_RUN))
          .flatMap(List::stream)
          .toList();

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
