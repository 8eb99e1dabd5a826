package io.kafkahdfs.format.orc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.orc.TypeDescription;

/** Columns of bytes, and of what is written as bytes. */
final class BytesColumns {
  private BytesColumns() {}

  private static byte[] copy(ColumnVector vector, int row) {
    BytesColumnVector bytes = (BytesColumnVector) vector;
    return bytes.length[row] == 0
        ? new byte[0]
        : Arrays.copyOfRange(
            bytes.vector[row], bytes.start[row], bytes.start[row] + bytes.length[row]);
  }

  static final class Binary extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createBinary();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ByteBuffer bytes = (ByteBuffer) value;
      ((BytesColumnVector) vector)
          .setVal(row, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    @Override
    long bytes(Object value) {
      return ((ByteBuffer) value).remaining();
    }

    /** The vector's own bytes: a batch does not change once it is read. */
    @Override
    Object get(ColumnVector vector, int row) {
      BytesColumnVector bytes = (BytesColumnVector) vector;
      return bytes.length[row] == 0
          ? ByteBuffer.allocate(0)
          : ByteBuffer.wrap(bytes.vector[row], bytes.start[row], bytes.length[row]);
    }
  }

  static final class Fixed extends OrcColumn {
    private final Schema schema;

    Fixed(Schema schema) {
      this.schema = schema;
    }

    @Override
    TypeDescription type() {
      return TypeDescription.createBinary();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((BytesColumnVector) vector).setVal(row, ((GenericFixed) value).bytes());
    }

    @Override
    long bytes(Object value) {
      return schema.getFixedSize();
    }

    @Override
    Object get(ColumnVector vector, int row) {
      byte[] bytes = copy(vector, row);
      if (bytes.length != schema.getFixedSize()) {
        throw new IllegalArgumentException(bytes.length + " bytes are no " + schema.getFullName());
      }
      return new GenericData.Fixed(schema, bytes);
    }
  }

  static final class Text extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createString();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      if (value instanceof Utf8 text) {
        ((BytesColumnVector) vector).setVal(row, text.getBytes(), 0, text.getByteLength());
      } else {
        ((BytesColumnVector) vector).setVal(row, value.toString().getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    long bytes(Object value) {
      return ((CharSequence) value).length();
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return new Utf8(copy(vector, row));
    }
  }

  static final class Symbol extends OrcColumn {
    private final Schema schema;

    Symbol(Schema schema) {
      this.schema = schema;
    }

    @Override
    TypeDescription type() {
      return TypeDescription.createString();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((BytesColumnVector) vector).setVal(row, value.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    Object get(ColumnVector vector, int row) {
      String symbol = new String(copy(vector, row), StandardCharsets.UTF_8);
      if (!schema.hasEnumSymbol(symbol)) {
        throw new IllegalArgumentException("there is no such symbol in " + schema.getFullName());
      }
      return new GenericData.EnumSymbol(schema, symbol);
    }
  }
}
