package io.kafkahdfs.format.json;

/**
 * The names of a record's fields, in the order in which they are written. Files are kept for years:
 * names may be added, and those that are here stay.
 *
 * <p>A key or a value is a JSON string of its text if it is UTF-8, or null, under its own name.
 * Other bytes are a string of base64 under the name that ends in {@code _base64}, and then the
 * other name is left out: so both are told apart in each record.
 */
final class Field {
  static final String TOPIC = "topic";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";

  /** Milliseconds since 1970 UTC, or null. */
  static final String TIMESTAMP = "timestamp";

  /** As in the archive: {@code NONE}, {@code CREATE_TIME} or {@code LOG_APPEND_TIME}. */
  static final String TIMESTAMP_TYPE = "timestampType";

  static final String KEY = "key";
  static final String VALUE = "value";

  /** An array of objects with a {@link #KEY}, which is always text, and a {@link #VALUE}. */
  static final String HEADERS = "headers";

  /** The end of the name of a field whose bytes are in base64. */
  static final String BASE64 = "_base64";

  private Field() {}
}
