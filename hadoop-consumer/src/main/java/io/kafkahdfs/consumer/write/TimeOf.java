package io.kafkahdfs.consumer.write;

import java.util.Locale;

/** Which time a layout tells. */
public enum TimeOf {
  /** That of each record. */
  RECORD,
  /** That at which the run began. */
  RUN;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
