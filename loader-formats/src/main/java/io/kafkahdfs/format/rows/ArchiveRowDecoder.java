package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Restores the records of rows of {@link ArchiveSchema}, of any version of it. */
final class ArchiveRowDecoder implements RecordDecoder {
  private final RowReader rows;

  /** Where the file has each field of the schema; -1 where it has none. */
  private final int[] positions;

  private final int headerKey;
  private final int headerValue;
  private PartitionId partition;

  /**
   * @param rows closed with this
   * @throws IOException if the schema lacks a field that no record is without
   */
  ArchiveRowDecoder(RowReader rows) throws IOException {
    this.rows = rows;
    Schema schema = rows.schema();
    positions =
        ArchiveSchema.schema().getFields().stream()
            .mapToInt(field -> position(schema, field.name()))
            .toArray();
    for (int required : new int[] {ArchiveRow.TOPIC, ArchiveRow.PARTITION, ArchiveRow.OFFSET}) {
      if (positions[required] < 0) {
        throw new IOException(
            "its archive records have no "
                + ArchiveSchema.schema().getFields().get(required).name());
      }
    }
    int headers = positions[ArchiveRow.HEADERS];
    Schema list = headers < 0 ? null : schema.getFields().get(headers).schema();
    boolean known =
        list != null
            && list.getType() == Schema.Type.ARRAY
            && list.getElementType().getType() == Schema.Type.RECORD;
    headerKey = known ? position(list.getElementType(), "key") : -1;
    headerValue = known ? position(list.getElementType(), "value") : -1;
    if (headers >= 0 && (headerKey < 0 || headerValue < 0)) {
      throw new IOException("its headers are no headers of archive records");
    }
  }

  private static int position(Schema schema, String name) {
    Schema.Field field = schema.getField(name);
    return field == null ? -1 : field.pos();
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    IndexedRecord row = rows.next();
    if (row == null) {
      return false;
    }
    try {
      restore(row, into);
    } catch (RuntimeException e) {
      throw new IOException("a row is no archive record: " + Reason.of(e), e);
    }
    return true;
  }

  private void restore(IndexedRecord row, KafkaRecord into) {
    CharSequence topic = (CharSequence) row.get(positions[ArchiveRow.TOPIC]);
    int number = (Integer) row.get(positions[ArchiveRow.PARTITION]);
    if (partition == null
        || partition.partition() != number
        || !partition.topic().contentEquals(topic)) {
      partition = new PartitionId(topic.toString(), number);
    }
    into.setPosition(partition, (Long) row.get(positions[ArchiveRow.OFFSET]));
    Object timestamp = field(row, ArchiveRow.TIMESTAMP);
    Object type = field(row, ArchiveRow.TIMESTAMP_TYPE);
    into.setTimestamp(
        timestamp == null ? KafkaRecord.NO_TIMESTAMP : (Long) timestamp,
        type == null ? TimestampType.NONE : TimestampType.valueOf(type.toString()));
    show((ByteBuffer) field(row, ArchiveRow.KEY), into.key());
    show((ByteBuffer) field(row, ArchiveRow.VALUE), into.value());
    into.setHeaders(headers((List<?>) field(row, ArchiveRow.HEADERS)));
  }

  private Object field(IndexedRecord row, int field) {
    return positions[field] < 0 ? null : row.get(positions[field]);
  }

  private static void show(ByteBuffer bytes, ByteView view) {
    if (bytes == null) {
      view.setNull();
    } else {
      view.set(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
  }

  private List<RecordHeader> headers(List<?> rows) {
    if (rows == null || rows.isEmpty()) {
      return List.of();
    }
    List<RecordHeader> headers = new ArrayList<>(rows.size());
    for (Object row : rows) {
      IndexedRecord header = (IndexedRecord) row;
      ByteBuffer value = (ByteBuffer) header.get(headerValue);
      byte[] bytes = null;
      if (value != null) {
        bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
      }
      headers.add(new RecordHeader(header.get(headerKey).toString(), bytes));
    }
    return headers;
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
