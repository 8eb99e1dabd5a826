package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.UnwritableRowException;
import java.io.IOException;

/** Writes records as rows of {@link ArchiveSchema}, which loses nothing. */
public final class ArchiveRowEncoder implements RecordEncoder {
  private final RowEncoder rows;
  private final ArchiveRow row = new ArchiveRow();

  /** Starts a file. */
  public ArchiveRowEncoder(RowFormat format, NewFile file, Codec codec, Provenance provenance)
      throws IOException {
    rows = format.create(file, codec, ArchiveSchema.schema(), provenance.entries());
  }

  @Override
  public void write(KafkaRecord record) throws IOException {
    try {
      rows.write(row.of(record));
    } catch (UnwritableRowException e) {
      throw e.of(record);
    }
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
