package io.kafkahdfs.format.spi;

import io.kafkahdfs.format.registry.SchemaRegistry;
import java.util.Optional;

/**
 * How files of a format are read.
 *
 * @param avroValues how records that were not loaded from Kafka become values
 * @param keySeparator what stands between key and value in a line
 * @param lines what is done about backslashes in a line
 * @param anyBytes whether files of lines may look like something else
 * @param checkedFirst whether a file is looked over before its first record is read, where that
 *     takes much less than reading all: so that nothing is sent of a damaged file
 * @param registry gives values that were columns the number of their schema; empty if they get none
 */
public record ReadOptions(
    AvroValues avroValues,
    Optional<String> keySeparator,
    EscapedLines lines,
    boolean anyBytes,
    boolean checkedFirst,
    Optional<SchemaRegistry> registry) {
  /** Values get no schema's number. */
  public ReadOptions(
      AvroValues avroValues,
      Optional<String> keySeparator,
      EscapedLines lines,
      boolean anyBytes,
      boolean checkedFirst) {
    this(avroValues, keySeparator, lines, anyBytes, checkedFirst, Optional.empty());
  }

  /** The same, but for the registry. */
  public ReadOptions with(Optional<SchemaRegistry> newRegistry) {
    return new ReadOptions(avroValues, keySeparator, lines, anyBytes, checkedFirst, newRegistry);
  }

  /** The same, for people: values that were columns as text. */
  public static ReadOptions ofLoadedAsText() {
    return new ReadOptions(AvroValues.JSON, Optional.empty(), EscapedLines.KEEP, true, false);
  }

  /** Reads what a load has written, whatever is in it. */
  public static ReadOptions ofLoaded() {
    return new ReadOptions(AvroValues.BINARY, Optional.empty(), EscapedLines.KEEP, true, false);
  }
}
