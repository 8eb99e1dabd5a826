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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/**
 * A Kafka record as MapReduce hands it around. The input format reuses one object for all records
 * of a task, as Hadoop's own do: who keeps one beyond a call of {@code map} must copy it.
 *
 * <p>A mapper may change the key, value and headers in place. It must leave the record's position
 * as it is. Of a record that it cannot make sense of it says so with {@link #reject}, and writes
 * it.
 */
public final class KafkaRecordWritable extends KafkaRecord implements Writable {
  private static final TimestampType[] TIMESTAMP_TYPES = TimestampType.values();

  /** Set in the byte of the timestamp's type if a rejection follows at the end. */
  private static final int REJECTED = 0x80;

  private String rejection;

  /**
   * Says that the record is bad. Who says so writes the record then, as it would have been written
   * otherwise: kafka-to-hdfs fails, leaves it out or puts it aside as it is now, as {@code
   * --on-bad} tells, and counts its offset as bad. It holds for one time that the record is
   * written. A record that is not written after that fails the task, since nobody could tell what
   * became of it.
   *
   * @param reason what is wrong with it, for people, to follow "rejected by the mapper: "
   */
  public void reject(String reason) {
    rejection = Objects.requireNonNull(reason, "reason");
  }

  /** Why a mapper says that the record is bad; null if it does not. */
  public String rejection() {
    return rejection;
  }

  /** The same, for who deals with it: it is said no more from then on. */
  public String takeRejection() {
    String taken = rejection;
    rejection = null;
    return taken;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    // A record that was not read from Kafka has no place there; no topic's name is empty.
    WritableUtils.writeString(out, partition() == null ? "" : partition().topic());
    WritableUtils.writeVInt(out, partition() == null ? 0 : partition().partition());
    WritableUtils.writeVLong(out, offset());
    out.writeByte(timestampType().ordinal() | (rejection == null ? 0 : REJECTED));
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
    if (rejection != null) {
      WritableUtils.writeString(out, rejection);
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    String topic = WritableUtils.readString(in);
    int partition = WritableUtils.readVInt(in);
    setPosition(
        topic.isEmpty() ? null : new PartitionId(topic, partition), WritableUtils.readVLong(in));
    int type = in.readUnsignedByte();
    setTimestamp(in.readLong(), TIMESTAMP_TYPES[type & ~REJECTED]);
    key().set(readBytes(in));
    value().set(readBytes(in));
    int count = WritableUtils.readVInt(in);
    List<RecordHeader> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new RecordHeader(WritableUtils.readString(in), readBytes(in)));
    }
    setHeaders(headers);
    rejection = (type & REJECTED) == 0 ? null : WritableUtils.readString(in);
  }

  /** By all that it holds, as other Writables compare; MRUnit relies on it. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaRecordWritable that
        && Objects.equals(partition(), that.partition())
        && offset() == that.offset()
        && timestamp() == that.timestamp()
        && timestampType() == that.timestampType()
        && Objects.equals(rejection, that.rejection)
        && sameBytes(key(), that.key())
        && sameBytes(value(), that.value())
        && sameHeaders(headers(), that.headers());
  }

  /** Of the place alone, which hardly two records share. */
  @Override
  public int hashCode() {
    return Objects.hash(partition(), offset());
  }

  private static boolean sameBytes(ByteView one, ByteView other) {
    return one.isNull() == other.isNull()
        && Arrays.equals(
            one.array(),
            one.offset(),
            one.offset() + one.length(),
            other.array(),
            other.offset(),
            other.offset() + other.length());
  }

  private static boolean sameHeaders(List<RecordHeader> some, List<RecordHeader> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same =
          some.get(i).key().equals(others.get(i).key())
              && Arrays.equals(some.get(i).value(), others.get(i).value());
    }
    return same;
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
