package io.kafkahdfs.format.spi;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How the content of a file is compressed. */
public enum Codec {
  NONE("none", ""),
  SNAPPY("snappy", ".snappy"),
  DEFLATE("deflate", ".deflate"),
  GZIP("gzip", ".gz"),
  BZIP2("bzip2", ".bz2"),
  ZSTANDARD("zstandard", ".zst");

  /** What Avro calls a file without compression. */
  private static final String AVRO_NONE = "null";

  private final String id;
  private final String suffix;

  Codec(String id, String suffix) {
    this.id = id;
    this.suffix = suffix;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** What Hadoop's tools tell it by at the end of a file name, with its dot; empty for none. */
  public String suffix() {
    return suffix;
  }

  /**
   * The codec of a name; {@code null}, as Avro says, is {@code none} too.
   *
   * @throws IllegalArgumentException if there is none; its message lists all
   */
  public static Codec named(String name) {
    for (Codec codec : values()) {
      if (codec.id.equals(name)) {
        return codec;
      }
    }
    if (AVRO_NONE.equals(name)) {
      return NONE;
    }
    throw new IllegalArgumentException(
        "There is no codec \""
            + name
            + "\"; there are "
            + Arrays.stream(values()).map(Codec::id).collect(Collectors.joining(", ")));
  }

  @Override
  public String toString() {
    return id;
  }
}
