package io.kafkahdfs.format.spi;

import java.util.Objects;

/**
 * How files of a format are written.
 *
 * @param codec one that the format can do
 * @param newlines what becomes of line breaks within values, see {@link FormatOption#NEWLINES}
 */
public record WriteOptions(Codec codec, NewlinePolicy newlines) {
  public WriteOptions {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(newlines, "newlines");
  }
}
