package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.rows.RowJoin;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Avro object container files of {@link ArchiveSchema}: nothing is lost. */
public final class ArchiveFormat implements Format {
  @Override
  public List<Codec> codecs() {
    return List.of(Codec.SNAPPY, Codec.NONE, Codec.ZSTANDARD, Codec.DEFLATE);
  }

  /** The codec stands in the file. */
  @Override
  public String extension(Codec codec) {
    return ".avro";
  }

  @Override
  public String written() {
    return "the archive record, which loses nothing";
  }

  @Override
  public String read() {
    return "archive records of kafka-to-hdfs are restored whole; of other Avro files each record is"
        + " a value";
  }

  @Override
  public boolean keepsOrigin() {
    return true;
  }

  @Override
  public boolean keepsCount() {
    return true;
  }

  @Override
  public Set<FormatOption> options() {
    return Set.of(FormatOption.AVRO_VALUES);
  }

  @Override
  public long lagBytes(Configuration configuration) {
    return AvroEncoder.BLOCK_BYTES;
  }

  @Override
  public Optional<RowFormat> rows() {
    return Optional.of(new AvroRows());
  }

  @Override
  public RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException {
    return new AvroEncoder(file.stream(), options, provenance);
  }

  @Override
  public FormatReader reader(ReadOptions options, Configuration configuration) {
    return new AvroReader(options, configuration);
  }

  @Override
  public FileJoin join() {
    return new RowJoin(new AvroRows());
  }
}
