package io.kafkahdfs.consumer.split;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/** The offset ranges that one map task reads. */
public final class KafkaSplit extends InputSplit implements Writable {
  private List<OffsetRange> ranges = List.of();
  private List<String> hosts = List.of();
  private long estimatedBytes;

  /** For Hadoop, which calls {@link #readFields} next. */
  public KafkaSplit() {}

  public KafkaSplit(PlannedSplit split) {
    ranges = split.ranges();
    hosts = split.hosts();
    estimatedBytes = split.estimatedBytes();
  }

  /** The ranges, in the order in which they are read. */
  public List<OffsetRange> ranges() {
    return ranges;
  }

  /** How many bytes of keys and values are expected. */
  @Override
  public long getLength() {
    return estimatedBytes;
  }

  /** The hosts of the partitions' leaders. */
  @Override
  public String[] getLocations() {
    return hosts.toArray(String[]::new);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    WritableUtils.writeVInt(out, ranges.size());
    for (OffsetRange range : ranges) {
      WritableUtils.writeString(out, range.partition().topic());
      WritableUtils.writeVInt(out, range.partition().partition());
      WritableUtils.writeVLong(out, range.from());
      WritableUtils.writeVLong(out, range.until());
    }
    WritableUtils.writeStringArray(out, getLocations());
    WritableUtils.writeVLong(out, estimatedBytes);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    int count = WritableUtils.readVInt(in);
    List<OffsetRange> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String topic = WritableUtils.readString(in);
      PartitionId partition = new PartitionId(topic, WritableUtils.readVInt(in));
      read.add(
          new OffsetRange(partition, WritableUtils.readVLong(in), WritableUtils.readVLong(in)));
    }
    ranges = List.copyOf(read);
    hosts = List.of(WritableUtils.readStringArray(in));
    estimatedBytes = WritableUtils.readVLong(in);
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
