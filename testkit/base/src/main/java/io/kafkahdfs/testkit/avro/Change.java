package io.kafkahdfs.testkit.avro;

/** How a schema becomes its next version, such that the next one reads what this one wrote. */
public enum Change {
  /** A field more, with a default. */
  ADD_FIELD,
  /** A field less: what it held is not read any more. */
  REMOVE_FIELD,
  /** The fields stand in another order. */
  REORDER_FIELDS,
  /** An int becomes a long or a double, a float a double: no value changes. */
  WIDEN_NUMBER,
  /** A symbol more, at the end of an enum. */
  ADD_SYMBOL,
  /** A field may be null from now on. */
  MAKE_NULLABLE
}
