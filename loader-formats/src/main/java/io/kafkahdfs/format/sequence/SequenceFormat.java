package io.kafkahdfs.format.sequence;

import io.kafkahdfs.format.io.RecordJoin;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Keys and values in a SequenceFile. */
public final class SequenceFormat implements Format {
  /** Hadoop compresses a block once it holds so many bytes of records, and has no other bound. */
  static final int BLOCK_BYTES = 1_000_000;

  @Override
  public List<Codec> codecs() {
    return List.of(Codec.NONE, Codec.SNAPPY, Codec.DEFLATE, Codec.BZIP2);
  }

  /** The codec stands in the file. */
  @Override
  public String extension(Codec codec) {
    return ".seq";
  }

  @Override
  public String written() {
    return "SequenceFiles of BytesWritable key and value";
  }

  @Override
  public String read() {
    return "keys and values that are BytesWritable, Text, NullWritable, LongWritable, IntWritable,"
        + " ShortWritable, DoubleWritable or FloatWritable; numbers as Kafka's serializers write"
        + " them";
  }

  @Override
  public boolean keepsOrigin() {
    return false;
  }

  @Override
  public boolean keepsCount() {
    return true;
  }

  @Override
  public Set<FormatOption> options() {
    return Set.of();
  }

  @Override
  public long lagBytes(Configuration configuration) {
    return BLOCK_BYTES;
  }

  @Override
  public RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException {
    return new SequenceEncoder(file, options, provenance);
  }

  @Override
  public FormatReader reader(ReadOptions options, Configuration configuration) {
    return new FormatReader() {
      @Override
      public RecordDecoder open(Path file, long start, long length) throws IOException {
        return new SequenceDecoder(file, start, length, configuration);
      }

      @Override
      public void inspect(Path file) throws IOException {
        open(file, 0, Long.MAX_VALUE).close();
      }

      @Override
      public boolean isSplittable(Path file) {
        return true;
      }
    };
  }

  @Override
  public FileJoin join() {
    return new RecordJoin(this);
  }
}
