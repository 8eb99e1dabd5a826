package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.rows.RowFileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.WriteOptions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcConf;

/** ORC files: what Hive queries. */
public final class OrcFormat extends RowFileFormat {
  /** Less than ORC's own 64 MB, since a task may have many files open. */
  private static final long DEFAULT_STRIPE_BYTES = 16L << 20;

  public OrcFormat() {
    super(new OrcRows());
  }

  /** ORC's ZLIB is deflate. */
  @Override
  public List<Codec> codecs() {
    return List.of(Codec.ZSTANDARD, Codec.SNAPPY, Codec.DEFLATE, Codec.NONE);
  }

  /** The codec stands in the file. */
  @Override
  public String extension(Codec codec) {
    return ".orc";
  }

  @Override
  protected String name() {
    return "ORC";
  }

  /** Beside the stripe there is the batch of rows. */
  @Override
  public long lagBytes(Configuration configuration) {
    return stripeBytes(configuration) * 3 / 2;
  }

  /** The same of a file, which may hold back less than others. */
  static long stripeBytes(Configuration configuration, WriteOptions options) {
    return smaller(stripeBytes(configuration), options);
  }

  /** How much memory a stripe takes before it is written. */
  private static long stripeBytes(Configuration configuration) {
    return configuration.getLong(OrcConf.STRIPE_SIZE.getAttribute(), DEFAULT_STRIPE_BYTES);
  }
}
