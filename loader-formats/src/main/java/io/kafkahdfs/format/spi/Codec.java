package io.kafkahdfs.format.spi;

/** How the content of a file is compressed. */
public enum Codec {
  NONE("none", ""),
  SNAPPY("snappy", ".snappy"),
  DEFLATE("deflate", ".deflate"),
  GZIP("gzip", ".gz"),
  BZIP2("bzip2", ".bz2"),
  ZSTANDARD("zstandard", ".zst");

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

  @Override
  public String toString() {
    return id;
  }
}
