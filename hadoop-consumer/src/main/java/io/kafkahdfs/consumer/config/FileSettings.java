package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.NewlinePolicy;
import java.util.List;
import java.util.Optional;

/** The settings of a load that say what files it writes. */
public final class FileSettings {
  private static final String FILES = LoadSettings.FILES;

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

  private FileSettings() {}

  private static String codecs(Format format) {
    List<String> names = format.codecs().stream().map(Codec::id).toList();
    return names.get(0) + " (default), " + String.join(", ", names.subList(1, names.size()));
  }

  /** How records become files. */
  public static EncodeSettings encoding(Settings settings) {
    EncodeSettings format = EncodeSettings.of(settings.get(FORMAT));
    return settings.find(CODEC).map(format::with).orElse(format).with(settings.get(NEWLINES));
  }
}
