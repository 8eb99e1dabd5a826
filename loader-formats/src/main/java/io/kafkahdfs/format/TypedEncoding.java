package io.kafkahdfs.format;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowRecordEncoder;
import io.kafkahdfs.format.typed.RowSchema;
import io.kafkahdfs.format.typed.TypedRows;
import io.kafkahdfs.format.typed.ValueOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Records become rows: the fields of a value are columns. */
public final class TypedEncoding implements Encoding {
  private final EncodeSettings files;
  private final RowFormat format;
  private final TypedRows rows;

  /**
   * @param files of a format that has columns
   */
  public TypedEncoding(EncodeSettings files, ValueOptions values) {
    this.files = files;
    this.format = files.format().format().rows().orElseThrow();
    this.rows = new TypedRows(values, format::refusal);
  }

  @Override
  public String extension() {
    return files.extension();
  }

  @Override
  public Optional<Columns> columns() {
    return Optional.of(
        new Columns() {
          @Override
          public RowSchema of(KafkaRecord record) throws IOException {
            return rows.decode(record);
          }

          @Override
          public IndexedRecord row() {
            return rows.row();
          }
        });
  }

  @Override
  public RecordEncoder create(NewFile file, Provenance provenance, RowSchema columns)
      throws IOException {
    Map<String, String> metadata = new HashMap<>(provenance.entries());
    metadata.putAll(columns.metadata());
    // The record that is written is the one whose columns were asked for last.
    return new RowRecordEncoder(
        format.create(file, files.options(), columns.file(), metadata), record -> rows.row());
  }
}
