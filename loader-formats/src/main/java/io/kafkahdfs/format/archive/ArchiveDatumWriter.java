package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Writes records as {@link ArchiveSchema} says, field by field, straight from the view that the
 * record is: a generic record would cost a copy of the value and a dozen objects.
 */
final class ArchiveDatumWriter implements DatumWriter<KafkaRecord> {
  private static final int NULL = 0;
  private static final int PRESENT = 1;

  private final int[] timestampTypes;

  /** Whose record was written last, and its topic as Avro writes it. */
  private PartitionId partition;

  private Utf8 topic;

  ArchiveDatumWriter() {
    Schema symbols = ArchiveSchema.schema().getField("timestampType").schema();
    timestampTypes = new int[TimestampType.values().length];
    for (TimestampType type : TimestampType.values()) {
      timestampTypes[type.ordinal()] = symbols.getEnumOrdinal(type.name());
    }
  }

  /** Nothing to do: there is one schema. */
  @Override
  public void setSchema(Schema schema) {}

  @Override
  public void write(KafkaRecord record, Encoder out) throws IOException {
    if (record.partition() != partition) {
      partition = record.partition();
      topic = new Utf8(partition.topic());
    }
    out.writeString(topic);
    out.writeInt(partition.partition());
    out.writeLong(record.offset());
    if (record.timestamp() == KafkaRecord.NO_TIMESTAMP) {
      out.writeIndex(NULL);
    } else {
      out.writeIndex(PRESENT);
      out.writeLong(record.timestamp());
    }
    out.writeEnum(timestampTypes[record.timestampType().ordinal()]);
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
    writeHeaders(record.headers(), out);
  }

  private static void writeBytes(ByteView bytes, Encoder out) throws IOException {
    if (bytes.isNull()) {
      out.writeIndex(NULL);
    } else {
      out.writeIndex(PRESENT);
      out.writeBytes(bytes.array(), bytes.offset(), bytes.length());
    }
  }

  private static void writeHeaders(List<RecordHeader> headers, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      RecordHeader header = headers.get(i);
      out.startItem();
      out.writeString(header.key());
      if (header.value() == null) {
        out.writeIndex(NULL);
      } else {
        out.writeIndex(PRESENT);
        out.writeBytes(header.value());
      }
    }
    out.writeArrayEnd();
  }
}
