package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;

/** Makes records of rows that tell where they came from, see {@link TypedRows}. */
public final class TypedRowDecoder implements RecordDecoder {
  private final RowReader rows;
  private final Restorer restorer;
  private final Field origin;
  private final Positions at;
  private final ValueView value;
  private final boolean isWrapped;

  /** What values and keys are written with; of keys null if they are bytes. */
  private final Schema plainValue;

  private final Schema plainKey;
  private PartitionId partition;

  /** Where the fields of the column are. */
  private record Positions(
      int topic,
      int partition,
      int offset,
      int timestamp,
      int timestampType,
      int key,
      int headers,
      int keySchema,
      int valueSchema,
      int tombstone) {
    static Positions in(Schema origin) throws IOException {
      return new Positions(
          position(origin, OriginColumn.TOPIC),
          position(origin, OriginColumn.PARTITION),
          position(origin, OriginColumn.OFFSET),
          position(origin, OriginColumn.TIMESTAMP),
          position(origin, OriginColumn.TIMESTAMP_TYPE),
          position(origin, OriginColumn.KEY),
          position(origin, OriginColumn.HEADERS),
          position(origin, OriginColumn.KEY_SCHEMA),
          position(origin, OriginColumn.VALUE_SCHEMA),
          position(origin, OriginColumn.TOMBSTONE));
    }

    private static int position(Schema origin, String name) throws IOException {
      Field field = origin.getField(name);
      if (field == null) {
        throw new IOException("its column " + OriginColumn.NAME + " has no field " + name);
      }
      return field.pos();
    }
  }

  /** The fields of a row that are those of its value. */
  private static final class ValueView implements IndexedRecord {
    private final Schema schema;
    private final int[] columns;
    private IndexedRecord row;

    /**
     * @param schema the fields of the file's one but for the origin
     */
    ValueView(Schema file, Schema schema) {
      this.schema = schema;
      this.columns = new int[schema.getFields().size()];
      for (Field field : schema.getFields()) {
        columns[field.pos()] = file.getField(field.name()).pos();
      }
    }

    @Override
    public Schema getSchema() {
      return schema;
    }

    @Override
    public Object get(int field) {
      return row.get(columns[field]);
    }

    @Override
    public void put(int field, Object ignored) {
      throw new UnsupportedOperationException("A view cannot be changed");
    }
  }

  /**
   * @param rows with a column that tells where they came from, see {@link #fits}; closed with the
   *     decoder, also if there is none after all
   * @param registry where schemas are known by numbers; empty if values get none
   * @param values how values are encoded without a registry
   * @throws IOException if what the file says of its schemas is damaged
   */
  public static TypedRowDecoder of(
      RowReader rows, Optional<SchemaRegistry> registry, AvroValues values) throws IOException {
    try {
      return new TypedRowDecoder(rows, registry, values);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private TypedRowDecoder(RowReader rows, Optional<SchemaRegistry> registry, AvroValues values)
      throws IOException {
    this.rows = rows;
    this.restorer =
        registry.<Restorer>map(WireRestorer::new).orElseGet(() -> new PlainRestorer(values));
    this.origin = rows.schema().getField(OriginColumn.NAME);
    this.at = Positions.in(origin.schema());
    this.value = new ValueView(rows.schema(), valueSchema(rows.schema()));
    this.isWrapped = RowSchema.isWrapped(value.schema);
    this.plainValue = plain(RowSchema.VALUE_SCHEMA, readValue());
    Schema key = origin.schema().getField(OriginColumn.KEY).schema();
    this.plainKey =
        key.equals(OriginColumn.BYTES) ? null : plain(RowSchema.KEY_SCHEMA, present(key));
  }

  /** That of what is read of values. */
  private Schema readValue() {
    return isWrapped ? value.schema.getFields().get(0).schema() : value.schema;
  }

  private Schema plain(String name, Schema otherwise) throws IOException {
    String told = rows.metadata().get(name);
    try {
      return told == null ? otherwise : new Schema.Parser().parse(told);
    } catch (RuntimeException e) {
      throw new IOException("its " + name + " is damaged: " + Reason.of(e), e);
    }
  }

  /** A schema without null. */
  private static Schema present(Schema nullable) {
    List<Schema> branches = new ArrayList<>(nullable.getTypes());
    branches.removeIf(branch -> branch.getType() == Schema.Type.NULL);
    return branches.size() == 1 ? branches.get(0) : Schema.createUnion(branches);
  }

  /** Whether rows of a schema tell where they came from. */
  public static boolean fits(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      return false;
    }
    Field field = schema.getField(OriginColumn.NAME);
    return field != null
        && field.schema().getType() == Schema.Type.RECORD
        && field.schema().getFullName().equals(OriginColumn.FULL_NAME);
  }

  private static Schema valueSchema(Schema file) {
    List<Field> fields = new ArrayList<>();
    for (Field field : file.getFields()) {
      if (!field.name().equals(OriginColumn.NAME)) {
        fields.add(new Field(field, field.schema()));
      }
    }
    return Schema.createRecord(file.getName(), file.getDoc(), file.getNamespace(), false, fields);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    IndexedRecord row = rows.next();
    if (row == null) {
      return false;
    }
    try {
      restore(row, (IndexedRecord) row.get(origin.pos()), into);
    } catch (BadContentException e) {
      throw new BadRecordException(e.getMessage());
    } catch (RuntimeException e) {
      throw new IOException("a row does not fit its schema: " + Reason.of(e), e);
    }
    return true;
  }

  private void restore(IndexedRecord row, IndexedRecord from, KafkaRecord into)
      throws BadContentException, IOException {
    showPlace(from, into);
    Object timestamp = from.get(at.timestamp);
    into.setTimestamp(
        timestamp == null ? KafkaRecord.NO_TIMESTAMP : (Long) timestamp,
        TimestampType.valueOf(from.get(at.timestampType).toString()));
    into.setHeaders(headers((List<?>) from.get(at.headers)));
    restoreKey(from, into);
    if ((Boolean) from.get(at.tombstone)) {
      into.value().setNull();
      return;
    }
    value.row = row;
    restorer.restore(
        isWrapped ? value.get(0) : value,
        readValue(),
        plainValue,
        (Integer) from.get(at.valueSchema),
        partition.topic() + "-value",
        into.value());
  }

  private void showPlace(IndexedRecord from, KafkaRecord into) {
    String topic = from.get(at.topic).toString();
    int number = (Integer) from.get(at.partition);
    if (partition == null || partition.partition() != number || !partition.topic().equals(topic)) {
      partition = new PartitionId(topic, number);
    }
    into.setPosition(partition, (Long) from.get(at.offset));
  }

  private void restoreKey(IndexedRecord from, KafkaRecord into)
      throws BadContentException, IOException {
    Object key = from.get(at.key);
    if (key == null) {
      into.key().setNull();
    } else if (plainKey == null) {
      into.key().set(bytes((ByteBuffer) key));
    } else {
      restorer.restore(
          key,
          from.getSchema().getField(OriginColumn.KEY).schema(),
          plainKey,
          (Integer) from.get(at.keySchema),
          partition.topic() + "-key",
          into.key());
    }
  }

  private static List<RecordHeader> headers(List<?> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<RecordHeader> headers = new ArrayList<>(rows.size());
    for (Object row : rows) {
      IndexedRecord header = (IndexedRecord) row;
      ByteBuffer value = (ByteBuffer) header.get(1);
      headers.add(new RecordHeader(header.get(0).toString(), value == null ? null : bytes(value)));
    }
    return headers;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public float progress() throws IOException {
    return rows.progress();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
