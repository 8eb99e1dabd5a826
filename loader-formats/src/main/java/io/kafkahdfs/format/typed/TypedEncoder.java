package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.UnwritableRowException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Writes the rows that {@link TypedRows} made of records. */
public final class TypedEncoder implements RecordEncoder {
  private final TypedRows typed;
  private final RowEncoder rows;

  /**
   * Starts a file.
   *
   * @param typed decodes each record before it is written
   * @param columns of the file
   */
  public TypedEncoder(
      TypedRows typed,
      RowSchema columns,
      RowFormat format,
      NewFile file,
      Codec codec,
      Provenance provenance)
      throws IOException {
    this.typed = typed;
    Map<String, String> metadata = new HashMap<>(provenance.entries());
    metadata.putAll(columns.metadata());
    rows = format.create(file, codec, columns.file(), metadata);
  }

  /** Writes what was decoded last, which is this record. */
  @Override
  public void write(KafkaRecord record) throws IOException {
    try {
      rows.write(typed.row());
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
