package io.kafkahdfs.format;

import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import io.kafkahdfs.format.typed.RowSchema;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * How records become files. That it could be made means that the format can do the codec.
 *
 * @param format what the files are
 */
public record EncodeSettings(FileFormat format, WriteOptions options) implements Encoding {
  /**
   * @throws IllegalArgumentException if the format cannot do the codec, see {@link
   *     FileFormat#check}
   */
  public EncodeSettings {
    Objects.requireNonNull(format, "format");
    format.check(options.codec());
  }

  /** A format with its default codec, that refuses line breaks where they would do harm. */
  public static EncodeSettings of(FileFormat format) {
    return new EncodeSettings(
        format,
        new WriteOptions(
            format.format().codecs().get(0), NewlinePolicy.FAIL, WriteOptions.AS_THE_FORMAT_DOES));
  }

  public EncodeSettings with(Codec codec) {
    return new EncodeSettings(
        format, new WriteOptions(codec, options.newlines(), options.heldBytes()));
  }

  public EncodeSettings with(NewlinePolicy newlines) {
    return new EncodeSettings(
        format, new WriteOptions(options.codec(), newlines, options.heldBytes()));
  }

  /**
   * @param bytes how many of records an open file may hold back, see {@link WriteOptions}
   */
  public EncodeSettings holdingBack(long bytes) {
    return new EncodeSettings(format, new WriteOptions(options.codec(), options.newlines(), bytes));
  }

  @Override
  public String extension() {
    return format.format().extension(options.codec());
  }

  /** Records are written as they are. */
  @Override
  public Optional<Columns> columns() {
    return Optional.empty();
  }

  /** Starts a file of records as they are. */
  public RecordEncoder create(NewFile file, Provenance provenance) throws IOException {
    return format.format().create(file, options, provenance);
  }

  @Override
  public RecordEncoder create(NewFile file, Provenance provenance, RowSchema columns)
      throws IOException {
    return create(file, provenance);
  }
}
