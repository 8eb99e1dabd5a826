package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.rows.TooLargeException;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.RowReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;

/** Reads the rows of the stripes that begin in a stretch of an ORC file. */
final class OrcRowReader implements RowReader {
  private static final int MOST_ROWS = 1024;

  /** How large a batch is to get, as far as the file tells how large its rows are. */
  private static final long BATCH_BYTES = 4 << 20;

  private final Path path;
  private final Reader file;
  private final RecordReader rows;
  private final Map<String, String> metadata;
  private final Schema schema;
  private final NestedColumns.Struct columns;
  private final VectorizedRowBatch batch;
  private int next;

  private OrcRowReader(Path path, Reader file, long start, long length) throws IOException {
    this.path = path;
    this.file = file;
    metadata = metadata(file);
    NestedColumns.Struct own = own(metadata.get(OrcRows.SCHEMA_KEY));
    if (own != null && own.type().equals(file.getSchema())) {
      columns = own;
    } else {
      columns = (NestedColumns.Struct) OrcColumn.of(AvroTypes.of(file.getSchema()));
    }
    schema = columns.schema();
    batch = file.getSchema().createRowBatch(rowsOfABatch(file));
    Calendars.proleptic(List.of(batch.cols));
    rows = file.rows(file.options().range(start, length).skipCorruptRecords(false));
  }

  /**
   * Opens a stretch.
   *
   * @throws MissingLibraryException if its codec is not there
   */
  static OrcRowReader open(Path path, long start, long length, Configuration configuration)
      throws IOException {
    long size = path.getFileSystem(configuration).getFileStatus(path).getLen();
    if (size == 0) {
      throw new IOException("it is no ORC file: it is empty");
    }
    Reader file = null;
    try {
      file =
          OrcFile.createReader(
              path,
              OrcFile.readerOptions(configuration)
                  .useUTCTimestamp(true)
                  .convertToProlepticGregorian(true));
      OrcFooters.check(file, size);
      return new OrcRowReader(path, file, start, length);
    } catch (LinkageError e) {
      close(file);
      throw new MissingLibraryException(path.toString(), e);
    } catch (RuntimeException | StackOverflowError e) {
      close(file);
      throw new IOException("its footer is damaged, or it is no ORC file: " + Reason.of(e), e);
    } catch (OutOfMemoryError e) {
      close(file);
      throw new TooLargeException(path, "stripe", e);
    } catch (IOException e) {
      close(file);
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof LinkageError missing) {
          throw new MissingLibraryException(path.toString(), missing);
        }
      }
      throw e;
    }
  }

  private static void close(Reader file) throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static Map<String, String> metadata(Reader file) {
    Map<String, String> metadata = new HashMap<>();
    for (String key : file.getMetadataKeys()) {
      metadata.put(key, StandardCharsets.UTF_8.decode(file.getMetadataValue(key)).toString());
    }
    return metadata;
  }

  /** The columns of the schema that the file has in it; null if it has none that makes sense. */
  private static NestedColumns.Struct own(String text) {
    if (text == null) {
      return null;
    }
    try {
      Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(text);
      return schema.getType() == Schema.Type.RECORD
          ? (NestedColumns.Struct) OrcColumn.of(schema)
          : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static int rowsOfABatch(Reader file) {
    long bytes = file.getNumberOfRows() == 0 ? 0 : file.getRawDataSize() / file.getNumberOfRows();
    return (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / Math.max(1, bytes)));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public IndexedRecord next() throws IOException {
    try {
      if (next == batch.size) {
        next = 0;
        if (!rows.nextBatch(batch)) {
          batch.size = 0;
          return null;
        }
      }
      return columns.get(batch.cols, next++);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException("a stripe is damaged: " + Reason.of(e), e);
    } catch (OutOfMemoryError e) {
      throw new TooLargeException(path, "stripe", e);
    }
  }

  @Override
  public float progress() throws IOException {
    return rows.getProgress();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      rows.close();
    }
  }
}
