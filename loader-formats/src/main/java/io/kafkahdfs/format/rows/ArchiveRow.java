package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/**
 * A row of {@link ArchiveSchema} that shows a record: it is moved from one to the next, and copies
 * neither key nor value. Not for several threads.
 */
final class ArchiveRow implements IndexedRecord {
  static final int TOPIC = 0;
  static final int PARTITION = 1;
  static final int OFFSET = 2;
  static final int TIMESTAMP = 3;
  static final int TIMESTAMP_TYPE = 4;
  static final int KEY = 5;
  static final int VALUE = 6;
  static final int HEADERS = 7;

  private static final Schema SCHEMA = ArchiveSchema.schema();

  private final GenericData.EnumSymbol[] timestampTypes =
      new GenericData.EnumSymbol[TimestampType.values().length];
  private final Headers headers = new Headers();
  private final Bytes key = new Bytes();
  private final Bytes value = new Bytes();
  private KafkaRecord record;

  /** Whose record was shown last, and its topic as Avro has it. */
  private PartitionId partition;

  private Utf8 topic;

  ArchiveRow() {
    Schema symbols = SCHEMA.getFields().get(TIMESTAMP_TYPE).schema();
    for (TimestampType type : TimestampType.values()) {
      timestampTypes[type.ordinal()] = new GenericData.EnumSymbol(symbols, type.name());
    }
  }

  /** Shows a record from now on, as it is now. */
  ArchiveRow of(KafkaRecord shown) {
    record = shown;
    if (shown.partition() != partition) {
      partition = shown.partition();
      topic = new Utf8(partition.topic());
    }
    return this;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case TOPIC -> topic;
      case PARTITION -> partition.partition();
      case OFFSET -> record.offset();
      case TIMESTAMP ->
          record.timestamp() == KafkaRecord.NO_TIMESTAMP ? null : (Object) record.timestamp();
      case TIMESTAMP_TYPE -> timestampTypes[record.timestampType().ordinal()];
      case KEY -> key.of(record.key());
      case VALUE -> value.of(record.value());
      case HEADERS -> headers.of(record.headers());
      default -> throw new IndexOutOfBoundsException("There is no field " + field);
    };
  }

  @Override
  public void put(int field, Object ignored) {
    throw new UnsupportedOperationException("It only shows a record");
  }

  /** Bytes as Avro has them. The buffer is made anew only where the array is another one. */
  private static final class Bytes {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    ByteBuffer of(ByteView bytes) {
      if (bytes.isNull()) {
        return null;
      }
      if (buffer.array() != bytes.array()) {
        buffer = ByteBuffer.wrap(bytes.array());
      }
      return buffer.limit(bytes.offset() + bytes.length()).position(bytes.offset());
    }
  }

  /** The headers, of which one is shown at a time. */
  private static final class Headers extends AbstractList<IndexedRecord> {
    private final Header header = new Header();
    private List<RecordHeader> shown;

    Headers of(List<RecordHeader> headers) {
      shown = headers;
      return this;
    }

    @Override
    public IndexedRecord get(int index) {
      header.shown = shown.get(index);
      return header;
    }

    @Override
    public int size() {
      return shown.size();
    }
  }

  private static final class Header implements IndexedRecord {
    private static final Schema SCHEMA =
        ArchiveRow.SCHEMA.getFields().get(HEADERS).schema().getElementType();

    private RecordHeader shown;

    @Override
    public Schema getSchema() {
      return SCHEMA;
    }

    @Override
    public Object get(int field) {
      if (field == 0) {
        return shown.key();
      }
      return shown.value() == null ? null : ByteBuffer.wrap(shown.value());
    }

    @Override
    public void put(int field, Object ignored) {
      throw new UnsupportedOperationException("It only shows a header");
    }
  }
}
