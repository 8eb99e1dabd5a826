package io.kafkahdfs.store;

/** Names that MapReduce, Hive and Spark pass over. */
public final class HiddenName {
  private HiddenName() {}

  /** Whether a file or folder of this name is passed over, with all that is in it. */
  public static boolean is(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }
}
