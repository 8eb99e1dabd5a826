package io.kafkahdfs.record;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/**
 * A Kafka record as MapReduce hands it around. The input format reuses one object for all records
 * of a task, as Hadoop's own do: who keeps one beyond a call of {@code map} must copy it.
 *
 * <p>A mapper may change the key, value and headers in place. It must leave the record's position
 * as it is.
 */
public final class KafkaRecordWritable extends KafkaRecord implements Writable {
  private static final TimestampType[] TIMESTAMP_TYPES = TimestampType.values();

  @Override
  public void write(DataOutput out) throws IOException {
    WritableUtils.writeString(out, partition().topic());
    WritableUtils.writeVInt(out, partition().partition());
    WritableUtils.writeVLong(out, offset());
    out.writeByte(timestampType().ordinal());
    out.writeLong(timestamp());
    write(out, key());
    write(out, value());
    WritableUtils.writeVInt(out, headers().size());
    ByteView headerValue = new ByteView();
    for (RecordHeader header : headers()) {
      WritableUtils.writeString(out, header.key());
      headerValue.set(header.value());
      write(out, headerValue);
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    String topic = WritableUtils.readString(in);
    int partition = WritableUtils.readVInt(in);
    setPosition(new PartitionId(topic, partition), WritableUtils.readVLong(in));
    TimestampType type = TIMESTAMP_TYPES[in.readByte()];
    setTimestamp(in.readLong(), type);
    key().set(readBytes(in));
    value().set(readBytes(in));
    int count = WritableUtils.readVInt(in);
    List<RecordHeader> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new RecordHeader(WritableUtils.readString(in), readBytes(in)));
    }
    setHeaders(headers);
  }

  private static void write(DataOutput out, ByteView view) throws IOException {
    WritableUtils.writeVInt(out, view.isNull() ? -1 : view.length());
    if (!view.isNull()) {
      out.write(view.array(), view.offset(), view.length());
    }
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    int length = WritableUtils.readVInt(in);
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
