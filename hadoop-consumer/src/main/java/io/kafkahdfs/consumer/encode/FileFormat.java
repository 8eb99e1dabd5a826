package io.kafkahdfs.consumer.encode;

import io.kafkahdfs.archive.ArchiveSchema;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The formats of the files that records land in. A new one is an encoder and a line here: its name,
 * the end of its file names, whether the codec shows in them, the codecs it can do (the first is
 * its default), and what opens it.
 */
public enum FileFormat {
  /** Avro object container files of {@link ArchiveSchema}: nothing is lost. */
  AVRO(
      "avro",
      ".avro",
      false,
      List.of(Codec.SNAPPY, Codec.NONE, Codec.ZSTANDARD, Codec.DEFLATE),
      AvroEncoder::new),
  /** The values as lines. */
  TEXT(
      "text",
      ".txt",
      true,
      List.of(Codec.NONE, Codec.GZIP, Codec.SNAPPY, Codec.BZIP2, Codec.DEFLATE),
      TextEncoder::new),
  /** Keys and values in a SequenceFile. */
  SEQUENCE(
      "sequence",
      ".seq",
      false,
      List.of(Codec.NONE, Codec.SNAPPY, Codec.DEFLATE, Codec.BZIP2),
      SequenceEncoder::new);

  private final String id;
  private final String extension;
  private final boolean codecInName;
  private final List<Codec> codecs;
  private final Opener opener;

  FileFormat(String id, String extension, boolean codecInName, List<Codec> codecs, Opener opener) {
    this.id = id;
    this.extension = extension;
    this.codecInName = codecInName;
    this.codecs = codecs;
    this.opener = opener;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** The codecs it can do; the first is the default. */
  public List<Codec> codecs() {
    return codecs;
  }

  public Codec defaultCodec() {
    return codecs.get(0);
  }

  /**
   * The end of its file names, from the first dot on, as Hadoop's tools expect it: {@code .avro},
   * {@code .txt.gz}. Tools tell the codec of a text file by it; other formats know their own.
   */
  public String extension(Codec codec) {
    return codecInName ? extension + codec.suffix() : extension;
  }

  /**
   * Checks that this format can do a codec.
   *
   * @throws IllegalArgumentException if not; its message names both, and the codecs to choose from
   */
  public void check(Codec codec) {
    if (!codecs.contains(codec)) {
      throw new IllegalArgumentException(
          "Format "
              + id
              + " cannot be compressed with "
              + codec
              + "; choose one of "
              + codecs.stream().map(Codec::id).collect(Collectors.joining(", ")));
    }
  }

  /**
   * @throws IllegalArgumentException if there is no format of this name; its message lists all
   */
  public static FileFormat named(String name) {
    for (FileFormat format : values()) {
      if (format.id.equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "There is no format \""
            + name
            + "\"; there are "
            + Arrays.stream(values()).map(FileFormat::id).collect(Collectors.joining(", ")));
  }

  RecordEncoder open(
      OutputStream out, EncodeSettings settings, Configuration configuration, PartitionId partition)
      throws IOException {
    return opener.open(out, settings, configuration, partition);
  }

  @Override
  public String toString() {
    return id;
  }

  /** Starts a file on a stream. */
  @FunctionalInterface
  private interface Opener {
    RecordEncoder open(
        OutputStream out,
        EncodeSettings settings,
        Configuration configuration,
        PartitionId partition)
        throws IOException;
  }
}
