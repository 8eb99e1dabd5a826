package io.kafkahdfs.format.typed;

import java.util.Locale;

/** What is done about a field of JSON that the schema does not know. */
public enum UnknownFields {
  /** The record is bad. */
  FAIL,
  /** It is left out. */
  DROP;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return id();
  }
}
