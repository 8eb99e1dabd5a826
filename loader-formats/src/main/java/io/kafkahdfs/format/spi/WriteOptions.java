package io.kafkahdfs.format.spi;

import java.util.Objects;

/**
 * How files of a format are written.
 *
 * @param codec one that the format can do
 * @param newlines what becomes of line breaks within values, see {@link FormatOption#NEWLINES}
 * @param heldBytes how many bytes of records an open file may hold back, for a format that would
 *     hold back more; {@link #AS_THE_FORMAT_DOES} if memory is no matter
 */
public record WriteOptions(Codec codec, NewlinePolicy newlines, long heldBytes) {
  public static final long AS_THE_FORMAT_DOES = Long.MAX_VALUE;

  public WriteOptions {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(newlines, "newlines");
  }
}
