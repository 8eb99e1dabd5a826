package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.EncodedRow;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
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
    return new FileEncoder(file.stream(), options, schema, metadata);
  }

  private static final class FileEncoder extends AvroContainer<IndexedRecord>
      implements RowEncoder {
    FileEncoder(OutputStream out, WriteOptions options, Schema schema, Map<String, String> metadata)
        throws IOException {
      super(out, options, schema, new RowWriter(schema), metadata);
    }
  }

  /** Copies what is encoded already. */
  private static final class RowWriter extends GenericDatumWriter<IndexedRecord> {
    private final List<Schema.Field> fields;

    RowWriter(Schema schema) {
      super(schema, PLAIN);
      this.fields = schema.getFields();
    }

    @Override
    public void write(IndexedRecord row, Encoder out) throws IOException {
      if (!(row instanceof EncodedRow that) || that.encoded() == null) {
        super.write(row, out);
        return;
      }
      ByteView encoded = that.encoded();
      out.writeFixed(encoded.array(), encoded.offset(), encoded.length());
      for (int field = that.encodedFields(); field < fields.size(); field++) {
        write(fields.get(field).schema(), row.get(field), out);
      }
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
