package io.kafkahdfs.producer.split;

import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.PlannedSplit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/** The stretches of files that one map task sends. */
public final class HdfsSplit extends InputSplit implements Writable {
  private PlannedSplit planned = new PlannedSplit(0, List.of());
  private List<String> hosts = List.of();

  /** For Hadoop, which calls {@link #readFields} next. */
  public HdfsSplit() {}

  HdfsSplit(PlannedSplit planned, List<String> hosts) {
    this.planned = planned;
    this.hosts = List.copyOf(hosts);
  }

  public PlannedSplit planned() {
    return planned;
  }

  @Override
  public long getLength() {
    return planned.bytes();
  }

  @Override
  public String[] getLocations() {
    return hosts.toArray(String[]::new);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    WritableUtils.writeVInt(out, planned.index());
    WritableUtils.writeVInt(out, planned.parts().size());
    for (FilePart part : planned.parts()) {
      WritableUtils.writeString(out, part.file().path());
      WritableUtils.writeVLong(out, part.file().length());
      WritableUtils.writeVLong(out, part.file().modified());
      WritableUtils.writeVLong(out, part.start());
      WritableUtils.writeVLong(out, part.length());
    }
    WritableUtils.writeStringArray(out, getLocations());
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    int index = WritableUtils.readVInt(in);
    int count = WritableUtils.readVInt(in);
    List<FilePart> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      InputFile file =
          new InputFile(
              WritableUtils.readString(in),
              WritableUtils.readVLong(in),
              WritableUtils.readVLong(in));
      parts.add(new FilePart(file, WritableUtils.readVLong(in), WritableUtils.readVLong(in)));
    }
    planned = new PlannedSplit(index, parts);
    hosts = List.of(WritableUtils.readStringArray(in));
  }

  @Override
  public String toString() {
    return "split " + planned.index() + " of " + planned.parts().size() + " parts";
  }
}
