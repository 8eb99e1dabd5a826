package io.kafkahdfs.format.rows;

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
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** A format whose files have columns, and hold archive records as rows of {@link ArchiveSchema}. */
public abstract class RowFileFormat implements Format {
  private final RowFormat rows;

  protected RowFileFormat(RowFormat rows) {
    this.rows = rows;
  }

  /** What the format is called in sentences. */
  protected abstract String name();

  @Override
  public final Optional<RowFormat> rows() {
    return Optional.of(rows);
  }

  @Override
  public final String written() {
    return "the archive record as a row of a " + name() + " file, which loses nothing";
  }

  @Override
  public final String read() {
    return "archive records of kafka-to-hdfs are restored whole; of other "
        + name()
        + " files each row is a value";
  }

  @Override
  public final boolean keepsOrigin() {
    return true;
  }

  @Override
  public final boolean keepsCount() {
    return true;
  }

  @Override
  public final Set<FormatOption> options() {
    return Set.of(FormatOption.AVRO_VALUES);
  }

  @Override
  public final RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException {
    return new ArchiveRowEncoder(rows, file, options.codec(), provenance);
  }

  @Override
  public final FormatReader reader(ReadOptions options, Configuration configuration) {
    return new RowFileReader(rows, options, configuration);
  }
}
