package io.kafkahdfs.consumer.encode;

import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * How records become files. That it could be made means that the format can do the codec.
 *
 * @param format what the files are
 * @param codec one that the format can do
 * @param newlines what happens to line breaks within values; only {@link FileFormat#TEXT} asks
 */
public record EncodeSettings(FileFormat format, Codec codec, NewlinePolicy newlines) {
  /**
   * @throws IllegalArgumentException if the format cannot do the codec, see {@link
   *     FileFormat#check}
   */
  public EncodeSettings {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(newlines, "newlines");
    format.check(codec);
  }

  /** A format with its default codec, that refuses line breaks where they would do harm. */
  public static EncodeSettings of(FileFormat format) {
    return new EncodeSettings(format, format.defaultCodec(), NewlinePolicy.FAIL);
  }

  public EncodeSettings with(Codec newCodec) {
    return new EncodeSettings(format, newCodec, newlines);
  }

  public EncodeSettings with(NewlinePolicy newPolicy) {
    return new EncodeSettings(format, codec, newPolicy);
  }

  /** The end of the names of the files, from the first dot on: {@code .txt.gz}. */
  public String extension() {
    return format.extension(codec);
  }

  /**
   * Starts a file. The stream belongs to the encoder from now on; if this throws, to the caller.
   *
   * @param out where the file goes; unbuffered
   * @param configuration what Hadoop's codecs are set up with
   * @param partition whose records the file will hold
   */
  public RecordEncoder open(OutputStream out, Configuration configuration, PartitionId partition)
      throws IOException {
    return format.open(out, this, configuration, partition);
  }
}
