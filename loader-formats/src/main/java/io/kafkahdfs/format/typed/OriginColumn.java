package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/**
 * The column {@link #NAME}: where a record came from, and what of it is not in its value. A view,
 * moved from record to record.
 */
final class OriginColumn implements IndexedRecord {
  static final String NAME = "_kafka";

  /** The full name of its schema. */
  static final String FULL_NAME = "io.kafkahdfs.origin.Origin";

  static final String TOPIC = "topic";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";
  static final String TIMESTAMP = "timestamp";
  static final String TIMESTAMP_TYPE = "timestampType";
  static final String KEY = "key";
  static final String HEADERS = "headers";
  static final String KEY_SCHEMA = "keySchemaId";
  static final String VALUE_SCHEMA = "valueSchemaId";
  static final String TOMBSTONE = "tombstone";

  static final Schema BYTES = TypeRules.nullable(Schema.create(Schema.Type.BYTES));

  private static final Schema HEADER =
      SchemaBuilder.record("Header")
          .namespace("io.kafkahdfs.origin")
          .fields()
          .requiredString("key")
          .name("value")
          .type(BYTES)
          .withDefault(null)
          .endRecord();

  private final Schema schema;
  private final GenericData.EnumSymbol[] timestampTypes;
  private PartitionId partition;
  private Utf8 topic;
  private KafkaRecord record;
  private Object key;
  private Integer keySchema;
  private Integer valueSchema;

  OriginColumn(Schema schema) {
    this.schema = schema;
    Schema symbols = schema.getField(TIMESTAMP_TYPE).schema();
    timestampTypes = new GenericData.EnumSymbol[TimestampType.values().length];
    for (TimestampType type : TimestampType.values()) {
      timestampTypes[type.ordinal()] = new GenericData.EnumSymbol(symbols, type.name());
    }
  }

  /**
   * The column's schema.
   *
   * @param key what keys are read as; null if they are bytes
   */
  static Schema schema(Schema key) {
    Schema instant = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    String[] types = new String[TimestampType.values().length];
    for (TimestampType type : TimestampType.values()) {
      types[type.ordinal()] = type.name();
    }
    return SchemaBuilder.record("Origin")
        .namespace("io.kafkahdfs.origin")
        .fields()
        .requiredString(TOPIC)
        .requiredInt(PARTITION)
        .requiredLong(OFFSET)
        .name(TIMESTAMP)
        .type(TypeRules.nullable(instant))
        .withDefault(null)
        .name(TIMESTAMP_TYPE)
        .type()
        .enumeration("TimestampType")
        .symbols(types)
        .noDefault()
        .name(KEY)
        .type(key == null ? BYTES : TypeRules.nullable(key))
        .withDefault(null)
        .name(HEADERS)
        .type(Schema.createArray(HEADER))
        .noDefault()
        .optionalInt(KEY_SCHEMA)
        .optionalInt(VALUE_SCHEMA)
        .requiredBoolean(TOMBSTONE)
        .endRecord();
  }

  /**
   * Shows a record.
   *
   * @param newKey its key as the schema has it; null for none
   * @param newKeySchema the registry's number of the schema of the key; null for none
   * @param newValueSchema that of the value
   */
  void show(KafkaRecord newRecord, Object newKey, Integer newKeySchema, Integer newValueSchema) {
    record = newRecord;
    key = newKey;
    keySchema = newKeySchema;
    valueSchema = newValueSchema;
    if (record.partition() != partition) {
      partition = record.partition();
      topic = new Utf8(partition.topic());
    }
  }

  /** Bytes as Avro has them: a view, null for null. */
  static ByteBuffer buffer(ByteView bytes) {
    return bytes.isNull() ? null : ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
  }

  @Override
  public Schema getSchema() {
    return schema;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case 0 -> topic;
      case 1 -> partition.partition();
      case 2 -> record.offset();
      case 3 -> record.timestamp() == KafkaRecord.NO_TIMESTAMP ? null : record.timestamp();
      case 4 -> timestampTypes[record.timestampType().ordinal()];
      case 5 -> key;
      case 6 -> headers();
      case 7 -> keySchema;
      case 8 -> valueSchema;
      case 9 -> record.value().isNull();
      default -> throw new IndexOutOfBoundsException(field);
    };
  }

  private List<IndexedRecord> headers() {
    if (record.headers().isEmpty()) {
      return List.of();
    }
    List<IndexedRecord> headers = new ArrayList<>(record.headers().size());
    for (RecordHeader header : record.headers()) {
      GenericData.Record row = new GenericData.Record(HEADER);
      row.put(0, header.key());
      row.put(1, header.value() == null ? null : ByteBuffer.wrap(header.value()));
      headers.add(row);
    }
    return headers;
  }

  @Override
  public void put(int field, Object value) {
    throw new UnsupportedOperationException("A view cannot be changed");
  }
}
