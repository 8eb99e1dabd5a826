package io.kafkahdfs.format.rows;

import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowRecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** A format whose files have columns, and hold archive records as rows of {@link ArchiveSchema}. */
public abstract class RowFileFormat implements Format {
  /** Smaller row groups have more of their description than of their rows. */
  private static final long FEWEST_BYTES = 256 << 10;

  private final RowFormat rows;

  protected RowFileFormat(RowFormat rows) {
    this.rows = rows;
  }

  /** So many bytes, or less if an open file may not hold back as many. */
  protected static long smaller(long bytes, WriteOptions options) {
    return Math.min(bytes, Math.max(FEWEST_BYTES, options.heldBytes()));
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
    ArchiveRow row = new ArchiveRow();
    return new RowRecordEncoder(
        rows.create(file, options, ArchiveSchema.schema(), provenance.entries()), row::of);
  }

  @Override
  public final FormatReader reader(ReadOptions options, Configuration configuration) {
    return new RowFileReader(rows, options, configuration);
  }

  @Override
  public final FileJoin join() {
    return new RowJoin(rows);
  }
}
