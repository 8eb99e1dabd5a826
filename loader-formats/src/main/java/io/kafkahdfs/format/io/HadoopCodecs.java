package io.kafkahdfs.format.io;

import io.kafkahdfs.format.spi.Codec;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.util.ReflectionUtils;

/** Hadoop's own implementations of codecs: those that work without its native library. */
public final class HadoopCodecs {
  private HadoopCodecs() {}

  /**
   * @throws IllegalArgumentException if Hadoop has none that works everywhere
   */
  public static CompressionCodec of(Codec codec, Configuration configuration) {
    Class<? extends CompressionCodec> type =
        switch (codec) {
          case SNAPPY -> SnappyCodec.class;
          case DEFLATE -> DefaultCodec.class;
          case GZIP -> GzipCodec.class;
          case BZIP2 -> BZip2Codec.class;
          case NONE, ZSTANDARD ->
              throw new IllegalArgumentException("Hadoop cannot compress with " + codec);
        };
    return ReflectionUtils.newInstance(type, configuration);
  }
}
