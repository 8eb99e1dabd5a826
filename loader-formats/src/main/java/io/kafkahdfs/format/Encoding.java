package io.kafkahdfs.format;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.typed.RowSchema;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** How records become files. Not for several threads. */
public interface Encoding {
  /** The end of the names of the files, from the first dot on: {@code .txt.gz}. */
  String extension();

  /** What tells the columns of files; empty if every file can take every record. */
  Optional<Columns> columns();

  /**
   * Starts a file, see {@link io.kafkahdfs.format.spi.Format#create}.
   *
   * @param columns those of its records; null if there are none, see {@link #columns}
   */
  RecordEncoder create(NewFile file, Provenance provenance, RowSchema columns) throws IOException;

  /** Tells which columns a record needs. */
  interface Columns {
    /**
     * The columns that a file must have to take a record, which is the next one to be written.
     *
     * @throws io.kafkahdfs.format.spi.UnwritableRecordException if no file can take it
     */
    RowSchema of(KafkaRecord record) throws IOException;

    /** The row of the record whose columns were asked for last; a view, until the next one is. */
    IndexedRecord row();
  }
}
