package io.kafkahdfs.consumer.config;

import io.kafkahdfs.command.BetterDefaults;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.consumer.write.FolderTemplate;
import io.kafkahdfs.consumer.write.Layout;
import io.kafkahdfs.consumer.write.PathLayout;
import io.kafkahdfs.consumer.write.RecordTime;
import io.kafkahdfs.consumer.write.TemplateLayout;
import io.kafkahdfs.consumer.write.TimeOf;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.typed.FieldText;
import io.kafkahdfs.format.typed.FieldTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;

/** The settings of a load that say what files it writes. */
public final class FileSettings {
  private static final String FILES = LoadSettings.FILES;
  private static final String BY_TOPIC = "topic";

  /** How many packets of 64 KiB of a file HDFS's client keeps until they are on all DataNodes. */
  private static final String PACKETS = "dfs.client.write.max-packets-in-flight";

  /** The client's own default. */
  private static final int MOST_PACKETS = 80;

  private static final int FEWEST_PACKETS = 4;

  /** 128 MiB in all files. */
  private static final int ALL_PACKETS = 2048;

  public static final Setting<FileFormat> FORMAT =
      new Setting<>(
          FILES,
          "load.format",
          List.of("--format"),
          "FORMAT",
          ValueType.choice(FileFormat.class),
          Optional.of("avro"),
          FileFormat.describe(Format::written));

  public static final Setting<Codec> CODEC =
      new Setting<>(
          FILES,
          "load.codec",
          List.of("--codec"),
          "CODEC",
          ValueType.choice(Codec.class),
          Optional.empty(),
          "How files are compressed. " + FileFormat.describe(FileSettings::codecs));

  public static final Setting<NewlinePolicy> NEWLINES =
      new Setting<>(
          FILES,
          "load.newlines",
          List.of("--newlines"),
          "fail|escape|keep",
          ValueType.choice(NewlinePolicy.class),
          Optional.of("fail"),
          "What to do in the text format about a value with a line feed or carriage return in it:"
              + " fail, write \\n, \\r and \\\\ for it and for a backslash, or keep it, which"
              + " makes several lines of one value.");

  public static final Setting<FilePer> FILE_PER =
      new Setting<>(
          FILES,
          "load.file.per",
          List.of("--file-per"),
          "partition|topic",
          ValueType.choice(FilePer.class),
          Optional.of("partition"),
          "Whose records share a file: those of a partition, or those of a topic that one task"
              + " reads, which makes few files of many small partitions. With topic only "
              + FileFormat.keepingOrigin()
              + " tell which partition a record is of.");

  public static final Setting<Long> ROLL_BYTES =
      new Setting<>(
          FILES,
          "load.roll.bytes",
          List.of("--roll-bytes"),
          "BYTES",
          ValueType.bytes(1, Long.MAX_VALUE),
          Optional.of("1g"),
          "A file that has reached this size is closed and a new one begun.");

  public static final Setting<String> LAYOUT =
      new Setting<>(
          FILES,
          "load.layout",
          List.of("--layout"),
          "topic|daily|hourly|TEMPLATE",
          ValueType.text("topic, daily, hourly or a template of folders"),
          Optional.of(BY_TOPIC),
          "In which folders files stand: topic, daily for {topic}/dt={time:yyyy-MM-dd}, hourly for"
              + " {topic}/dt={time:yyyy-MM-dd}/hour={time:HH}, or a template of {topic},"
              + " {partition}, {time:PATTERN}, {header:NAME} and {field:NAME} of the value (--values"
              + " json or avro). Values are written as Hive does.");

  public static final Setting<TimeOf> TIME =
      new Setting<>(
          FILES,
          "load.time",
          List.of("--time"),
          "record|run|field:NAME[:FORMAT]",
          new ValueType<>(TimeOf.ALLOWED, TimeOf::parse),
          Optional.of("record"),
          "Which time a layout tells: that of each record, that at which the run began, or that in a"
              + " field of its value (--values json or avro). Kafka 0.9 gives records no time.");

  public static final Setting<String> TIME_ZONE =
      new Setting<>(
          FILES,
          "load.time.zone",
          List.of("--time-zone"),
          "ZONE",
          ValueType.text("a time zone such as UTC or Europe/Berlin"),
          Optional.of("UTC"),
          "The time zone of a layout's days and hours.");

  public static final Setting<Integer> OPEN_FILES =
      new Setting<>(
          FILES,
          "load.open.files",
          List.of("--open-files"),
          "FILES",
          ValueType.integer(1, 10_000),
          Optional.empty(),
          "How many files a task writes to at once; beyond that the one that was written to the"
              + " longest ago is closed. Without it as many as the task's heap holds of what an open"
              + " file of the format keeps in memory, 8 MB or 54 MB for parquet and orc, up to 256.");

  private FileSettings() {}

  private static String codecs(Format format) {
    List<String> names = format.codecs().stream().map(Codec::id).toList();
    return names.get(0) + " (default), " + String.join(", ", names.subList(1, names.size()));
  }

  /**
   * Lets HDFS's client hold back less of each file where many are open. Before anything asks for a
   * file system: Hadoop keeps the first one.
   */
  public static void prepare(Settings settings, Configuration configuration) {
    settings
        .find(OPEN_FILES)
        .ifPresent(
            files ->
                BetterDefaults.set(
                    PACKETS,
                    String.valueOf(
                        Math.max(FEWEST_PACKETS, Math.min(MOST_PACKETS, ALL_PACKETS / files))),
                    configuration));
  }

  /** How records become files. */
  public static EncodeSettings encoding(Settings settings) {
    EncodeSettings format = EncodeSettings.of(settings.get(FORMAT));
    return settings.find(CODEC).map(format::with).orElse(format).with(settings.get(NEWLINES));
  }

  /**
   * In which folders files stand.
   *
   * @param started when the run began
   * @param previous when the run of the last commit did, by which records may be late
   * @param rows what became of the value of the record at hand; null if nothing did
   * @throws InvalidSettingException if there is no such layout
   */
  public static Layout layout(
      Settings settings, Instant started, Optional<Instant> previous, Supplier<IndexedRecord> rows)
      throws InvalidSettingException {
    Optional<FolderTemplate> template = template(settings);
    FilePer filePer = settings.get(FILE_PER);
    if (template.isEmpty()) {
      return new PathLayout(filePer);
    }
    TimeOf time = settings.get(TIME);
    boolean ofRun = time.equals(TimeOf.RUN);
    RecordTime found =
        ofRun
            ? RecordTime.always(started)
            : time.in(zone(settings)).<RecordTime>map(field -> field::of).orElse(RecordTime.own());
    return new TemplateLayout(
        template.get(), filePer, found, rows, ofRun ? Optional.empty() : previous);
  }

  /**
   * The template of the folders; empty if they have the names of the topics.
   *
   * @throws InvalidSettingException if it is none
   */
  public static Optional<FolderTemplate> template(Settings settings)
      throws InvalidSettingException {
    String layout = settings.get(LAYOUT);
    if (layout.equals(BY_TOPIC)) {
      return Optional.empty();
    }
    ZoneId zone = zone(settings);
    try {
      return Optional.of(FolderTemplate.parse(layout, zone));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("Wrong --layout " + layout + ": " + e.getMessage() + ".");
    }
  }

  private static ZoneId zone(Settings settings) throws InvalidSettingException {
    try {
      return ZoneId.of(settings.get(TIME_ZONE));
    } catch (DateTimeException e) {
      throw new InvalidSettingException(
          "There is no time zone " + settings.get(TIME_ZONE) + " (--time-zone).");
    }
  }

  /**
   * Checks what layout and time ask of values.
   *
   * @param schema of all values; empty if each has its own, or they are not known yet
   * @throws InvalidSettingException if values are not decoded, or have no such fields
   */
  static void checkFields(Settings settings, boolean typed, Optional<Schema> schema)
      throws InvalidSettingException {
    Optional<FolderTemplate> template = template(settings);
    if (template.filter(FolderTemplate::hasTime).isEmpty()) {
      for (Setting<?> setting : List.of(TIME, TIME_ZONE)) {
        if (settings.isGiven(setting)) {
          throw new InvalidSettingException(
              setting.name()
                  + " says nothing to --layout "
                  + settings.get(LAYOUT)
                  + ", which has no time in it. Leave it out, or take a layout such as daily or one"
                  + " with {time:yyyy-MM-dd}.");
        }
      }
    }
    if (template.isEmpty()) {
      return;
    }
    for (FieldText field : template.get().fields()) {
      check(LAYOUT, settings.get(LAYOUT), typed, schema.flatMap(field::refusal));
    }
    if (template.get().hasTime()) {
      TimeOf time = settings.get(TIME);
      Optional<FieldTime> field = time.in(zone(settings));
      if (field.isPresent()) {
        check(TIME, time.id(), typed, schema.flatMap(field.get()::refusal));
      }
    }
  }

  private static void check(
      Setting<?> setting, String value, boolean typed, Optional<String> refusal)
      throws InvalidSettingException {
    if (!typed) {
      throw new InvalidSettingException(
          setting.name()
              + " "
              + value
              + " asks for a field of values, and --values is bytes, which are not decoded. Set"
              + " --values json or avro.");
    }
    if (refusal.isPresent()) {
      throw new InvalidSettingException(
          setting.name() + " " + value + " cannot be: " + refusal.get() + " (--value-schema).");
    }
  }

  /** The layout as a commit notes it; null if folders have the names of the topics. */
  public static String layoutNote(Settings settings) throws InvalidSettingException {
    Optional<FolderTemplate> template = template(settings);
    if (template.isEmpty()) {
      return null;
    }
    return template.get()
        + (template.get().hasTime()
            ? LayoutFolders.OF_TIME + settings.get(TIME).id() + ", " + settings.get(TIME_ZONE)
            : "");
  }
}
