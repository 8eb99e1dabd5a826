package io.kafkahdfs.format.io;

/** What Avro believes of counts in its data. */
public final class AvroLimits {
  /**
   * Arrays and maps of more entries are refused: an array of nulls takes no bytes, so that a
   * damaged count would be believed.
   */
  private static final String MOST_ENTRIES = "4000000";

  private AvroLimits() {}

  /** To be called before anything is read: Avro looks once, and takes what a user has set. */
  public static void apply() {
    System.getProperties()
        .putIfAbsent("org.apache.avro.limits.collectionItems.maxLength", MOST_ENTRIES);
  }
}
