package io.kafkahdfs.format;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_SKIP_CHECKSUM_ERRORS_KEY;

import io.kafkahdfs.format.archive.ArchiveFormat;
import io.kafkahdfs.format.json.JsonFormat;
import io.kafkahdfs.format.orc.OrcFormat;
import io.kafkahdfs.format.parquet.ParquetFormat;
import io.kafkahdfs.format.sequence.SequenceFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.text.TextFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** All formats of files. A new one is a package that implements {@link Format}, and a line here. */
public enum FileFormat {
  AVRO(new ArchiveFormat()),
  JSON(new JsonFormat()),
  TEXT(new TextFormat()),
  SEQUENCE(new SequenceFormat()),
  PARQUET(new ParquetFormat()),
  ORC(new OrcFormat());

  private final Format format;

  FileFormat(Format format) {
    this.format = format;
  }

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it can do, and does. */
  public Format format() {
    return format;
  }

  /** Reads its files, and fails at damage that checksums tell of. */
  public FormatReader reader(ReadOptions options, Configuration configuration) {
    // Hadoop's readers would pass over what a checksum tells is damaged, if a cluster is so set.
    Configuration strict = new Configuration(configuration);
    strict.setBoolean(IO_SKIP_CHECKSUM_ERRORS_KEY, false);
    return format.reader(options, strict);
  }

  /**
   * Checks that this format can do a codec.
   *
   * @throws IllegalArgumentException if not; its message names both, and the codecs to choose from
   */
  public void check(Codec codec) {
    if (!format.codecs().contains(codec)) {
      throw new IllegalArgumentException(
          "Format "
              + id()
              + " cannot be compressed with "
              + codec
              + "; choose one of "
              + format.codecs().stream().map(Codec::id).collect(Collectors.joining(", ")));
    }
  }

  /**
   * @throws IllegalArgumentException if there is no format of this name; its message lists all
   */
  public static FileFormat named(String name) {
    for (FileFormat format : values()) {
      if (format.id().equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "There is no format \"" + name + "\"; there are " + list(ignored -> true));
  }

  /** The formats that know an option, by their names. */
  public static String knowing(FormatOption option) {
    return list(format -> format.options().contains(option));
  }

  /** The formats whose files tell where their records came from, by their names. */
  public static String keepingOrigin() {
    return list(Format::keepsOrigin);
  }

  /** The formats whose files can have columns, by their names. */
  public static String havingColumns() {
    return list(format -> format.rows().isPresent());
  }

  private static String list(Predicate<Format> chosen) {
    return Arrays.stream(values())
        .filter(format -> chosen.test(format.format))
        .map(FileFormat::id)
        .collect(Collectors.joining(", "));
  }

  /** A sentence on each format: its name, a colon and what there is to say. */
  public static String describe(Function<Format, String> text) {
    return Arrays.stream(values())
        .map(format -> format.id() + ": " + text.apply(format.format) + ".")
        .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return id();
  }
}
