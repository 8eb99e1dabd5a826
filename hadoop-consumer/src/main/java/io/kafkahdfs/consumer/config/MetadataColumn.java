package io.kafkahdfs.consumer.config;

import java.util.Locale;

/** What files with columns tell of a record beside its value. */
public enum MetadataColumn {
  /** Nothing. */
  NONE,
  /** One column with all that Kafka knows of it. */
  STRUCT;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
