package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.spi.EncodedRow;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A row of a file: the fields of a value, and where it came from. A view. */
final class TypedRow implements EncodedRow {
  private final RowSchema columns;
  private final int fields;
  private final OriginColumn origin;
  private Object value;
  private boolean present;
  private ByteView encoded;

  /**
   * @param origin null if files have no such column
   */
  TypedRow(RowSchema columns, OriginColumn origin) {
    this.columns = columns;
    this.fields = columns.value().getFields().size();
    this.origin = origin;
  }

  /**
   * @param newValue a record, or the only field of a value that has none
   * @param isPresent false if the record has no value
   * @param newEncoded see {@link #encoded}
   */
  void show(Object newValue, boolean isPresent, ByteView newEncoded) {
    value = newValue;
    present = isPresent;
    encoded = newEncoded;
  }

  @Override
  public int encodedFields() {
    return fields;
  }

  @Override
  public ByteView encoded() {
    return encoded;
  }

  @Override
  public Schema getSchema() {
    return columns.file();
  }

  @Override
  public Object get(int field) {
    if (field == fields) {
      return origin;
    }
    if (!present) {
      return null;
    }
    return columns.isWrapped() ? value : ((IndexedRecord) value).get(field);
  }

  @Override
  public void put(int field, Object newValue) {
    throw new UnsupportedOperationException("A view cannot be changed");
  }
}
