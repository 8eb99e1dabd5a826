package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads archive records straight into the view that a record is, field by field: a generic record
 * would cost a dozen objects. Archives of another version of the schema go the long way.
 */
final class ArchiveDatumReader implements DatumReader<KafkaRecord> {
  private static final int NULL = 0;

  private final TimestampType[] timestampTypes;
  private Utf8 topic = new Utf8();
  private PartitionId partition;
  private ByteBuffer key;
  private ByteBuffer value;
  private DatumReader<GenericRecord> resolving;

  ArchiveDatumReader() {
    List<String> symbols =
        ArchiveSchema.schema().getField("timestampType").schema().getEnumSymbols();
    timestampTypes = symbols.stream().map(TimestampType::valueOf).toArray(TimestampType[]::new);
  }

  @Override
  public void setSchema(Schema written) {
    resolving =
        written.equals(ArchiveSchema.schema())
            ? null
            : new GenericDatumReader<>(written, ArchiveSchema.schema(), new GenericData());
  }

  @Override
  public KafkaRecord read(KafkaRecord into, Decoder in) throws IOException {
    if (resolving != null) {
      fill(into, resolving.read(null, in));
      return into;
    }
    topic = in.readString(topic);
    int number = in.readInt();
    if (partition == null
        || partition.partition() != number
        || !topic.equals(new Utf8(partition.topic()))) {
      partition = new PartitionId(topic.toString(), number);
    }
    into.setPosition(partition, in.readLong());
    long timestamp = isNull(in) ? KafkaRecord.NO_TIMESTAMP : in.readLong();
    into.setTimestamp(timestamp, timestampTypes[in.readEnum()]);
    key = readBytes(in, key, into.key());
    value = readBytes(in, value, into.value());
    into.setHeaders(readHeaders(in));
    return into;
  }

  /** Of a union of null and something else. */
  private static boolean isNull(Decoder in) throws IOException {
    int index = in.readIndex();
    if (index < NULL || index > NULL + 1) {
      throw new IOException("there is no type number " + index);
    }
    return index == NULL;
  }

  /** Shows the bytes in the view; returns the buffer that holds them, to be used again. */
  private static ByteBuffer readBytes(Decoder in, ByteBuffer old, ByteView view)
      throws IOException {
    if (isNull(in)) {
      in.readNull();
      view.setNull();
      return old;
    }
    ByteBuffer bytes = in.readBytes(old);
    view.set(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    return bytes;
  }

  private static List<RecordHeader> readHeaders(Decoder in) throws IOException {
    long count = in.readArrayStart();
    if (count == 0) {
      return List.of();
    }
    List<RecordHeader> headers = new ArrayList<>();
    for (; count > 0; count = in.arrayNext()) {
      for (long i = 0; i < count; i++) {
        String name = in.readString();
        if (isNull(in)) {
          in.readNull();
          headers.add(new RecordHeader(name, null));
        } else {
          headers.add(new RecordHeader(name, copy(in.readBytes(null))));
        }
      }
    }
    return headers;
  }

  private static void fill(KafkaRecord into, GenericRecord record) {
    into.setPosition(
        new PartitionId(record.get("topic").toString(), (Integer) record.get("partition")),
        (Long) record.get("offset"));
    Object timestamp = record.get("timestamp");
    into.setTimestamp(
        timestamp == null ? KafkaRecord.NO_TIMESTAMP : (Long) timestamp,
        TimestampType.valueOf(record.get("timestampType").toString()));
    into.key().set(copy((ByteBuffer) record.get("key")));
    into.value().set(copy((ByteBuffer) record.get("value")));
    List<RecordHeader> headers = new ArrayList<>();
    for (Object header : (List<?>) record.get("headers")) {
      GenericRecord fields = (GenericRecord) header;
      headers.add(
          new RecordHeader(fields.get("key").toString(), copy((ByteBuffer) fields.get("value"))));
    }
    into.setHeaders(headers);
  }

  private static byte[] copy(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
