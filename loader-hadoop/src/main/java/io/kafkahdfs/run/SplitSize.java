package io.kafkahdfs.run;

/** How much one map task does if nobody requests a number of maps. */
public final class SplitSize {
  /** Of keys and values, or of files. */
  public static final long BYTES = 256L << 20;

  private SplitSize() {}
}
