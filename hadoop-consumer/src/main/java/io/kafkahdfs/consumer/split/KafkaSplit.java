package io.kafkahdfs.consumer.split;

import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.read.SplitPlace;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/** The offset ranges that one map task reads. */
public final class KafkaSplit extends InputSplit implements Writable {
  private List<OffsetRange> ranges = List.of();
  private List<String> hosts = List.of();
  private long estimatedBytes;
  private int index;
  private boolean continued;

  /** For Hadoop, which calls {@link #readFields} next. */
  public KafkaSplit() {}

  private KafkaSplit(PlannedSplit split, int index, boolean continued) {
    this.index = index;
    this.ranges = split.ranges();
    this.hosts = split.hosts();
    this.estimatedBytes = split.estimatedBytes();
    this.continued = continued;
  }

  /**
   * @param planned all of a plan, in their order: a partition's ranges follow on each other
   */
  public static List<KafkaSplit> all(List<PlannedSplit> planned) {
    List<KafkaSplit> splits = new ArrayList<>();
    Set<PartitionId> begun = new HashSet<>();
    for (PlannedSplit split : planned) {
      List<PartitionId> partitions = split.ranges().stream().map(OffsetRange::partition).toList();
      splits.add(new KafkaSplit(split, splits.size(), begun.contains(partitions.get(0))));
      begun.addAll(partitions);
    }
    return splits;
  }

  /** The ranges, in the order in which they are read. */
  public List<OffsetRange> ranges() {
    return ranges;
  }

  /** Where it stands among the splits of its plan. */
  public SplitPlace place() {
    return new SplitPlace(index, continued);
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
    WritableUtils.writeVInt(out, index);
    out.writeBoolean(continued);
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
    index = WritableUtils.readVInt(in);
    continued = in.readBoolean();
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
