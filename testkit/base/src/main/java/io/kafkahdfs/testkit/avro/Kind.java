package io.kafkahdfs.testkit.avro;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the fields of a random schema can be. */
public enum Kind {
  /** Nothing but null. */
  NULL,
  BOOLEAN,
  INT,
  LONG,
  FLOAT,
  DOUBLE,
  BYTES,
  STRING,
  FIXED,
  ENUM,
  DECIMAL_BYTES,
  DECIMAL_FIXED,
  DATE,
  TIME_MILLIS,
  TIME_MICROS,
  TIMESTAMP_MILLIS,
  TIMESTAMP_MICROS,
  TIMESTAMP_NANOS,
  LOCAL_TIMESTAMP_MILLIS,
  LOCAL_TIMESTAMP_MICROS,
  LOCAL_TIMESTAMP_NANOS,
  UUID,
  /** A union of null and another type. */
  NULLABLE,
  /** A union of two or three types, one of which may be null. */
  UNION,
  ARRAY,
  MAP,
  RECORD,
  /** A named type of the same schema, once more. */
  NAMED_AGAIN,
  /** The record that the field is in, or null. */
  SELF;

  /** All of them. */
  public static Set<Kind> all() {
    return EnumSet.allOf(Kind.class);
  }

  /** All but some. */
  public static Set<Kind> allBut(Kind... kinds) {
    Set<Kind> left = all();
    left.removeAll(Arrays.asList(kinds));
    return Collections.unmodifiableSet(left);
  }

  boolean isContainer() {
    return this == NULLABLE || this == UNION || this == ARRAY || this == MAP || this == RECORD;
  }
}
