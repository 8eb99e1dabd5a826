package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Rows in Avro object container files: every schema can be had. */
final class AvroRows implements RowFormat {
  private static final GenericData PLAIN = new GenericData();

  @Override
  public Optional<String> refusal(Schema schema) {
    return Optional.empty();
  }

  @Override
  public RowEncoder create(
      NewFile file, WriteOptions options, Schema schema, Map<String, String> metadata)
      throws IOException {
    return new Encoder(file.stream(), options, schema, metadata);
  }

  private static final class Encoder extends AvroContainer<IndexedRecord> implements RowEncoder {
    Encoder(OutputStream out, WriteOptions options, Schema schema, Map<String, String> metadata)
        throws IOException {
      super(out, options, schema, new GenericDatumWriter<>(schema, PLAIN), metadata);
    }
  }

  @Override
  public RowReader open(Path path, long start, long length, Configuration configuration)
      throws IOException {
    return new Reader(new AvroFile(path, configuration), start, start + length, false);
  }

  /** Reads the rows of a stretch. */
  static final class Reader implements RowReader {
    private final AvroFile file;
    private final AvroBlocks blocks;
    private final GenericDatumReader<IndexedRecord> reader;
    private IndexedRecord row;

    /**
     * @param file closed with this, also if there is none after all
     */
    Reader(AvroFile file, long start, long end, boolean checked) throws IOException {
      this.file = file;
      this.blocks = new AvroBlocks(file, start, end, checked);
      // Avro keeps what it has made of a schema, of each file another, as long as there is the
      // model.
      this.reader = new GenericDatumReader<>(file.schema(), file.schema(), new GenericData());
    }

    @Override
    public Schema schema() {
      return file.schema();
    }

    @Override
    public Map<String, String> metadata() {
      return file.metadata();
    }

    @Override
    public IndexedRecord next() throws IOException {
      BinaryDecoder record = blocks.next();
      if (record == null) {
        return null;
      }
      try {
        row = reader.read(row, record);
      } catch (RuntimeException | StackOverflowError e) {
        throw new IOException(Reason.of(e), e);
      }
      return row;
    }

    @Override
    public float progress() {
      return blocks.progress();
    }

    @Override
    public void close() throws IOException {
      blocks.close();
    }
  }
}
