package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** Hands out the groups of a {@link CompactPlan} by their places in it. */
public final class CompactInputFormat extends InputFormat<LongWritable, NullWritable> {
  private static final String TASKS = "load.compact.tasks";

  /** How many tasks share the groups, at most. */
  static void setTasks(Configuration configuration, int tasks) {
    configuration.setInt(TASKS, tasks);
  }

  /** The plan of the run that a job belongs to. */
  static CompactPlan plan(Configuration configuration) throws IOException {
    RunFolder run = Run.required(configuration).folder();
    return Json.readSealed(
        HadoopFileStore.of(run.path(), configuration),
        run.plan(),
        CompactPlan.class,
        RunFolder.WAY_OUT);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    return List.copyOf(splits(plan(configuration), configuration.getInt(TASKS, 1)));
  }

  /** The largest groups first, each to the task that has least to do. */
  static List<Split> splits(CompactPlan plan, int tasks) {
    PriorityQueue<Split> least = new PriorityQueue<>(Comparator.comparingLong(Split::getLength));
    for (int i = 0; i < Math.min(tasks, plan.groups().size()); i++) {
      least.add(new Split());
    }
    List<Split> splits = List.copyOf(least);
    IntStream.range(0, plan.groups().size())
        .boxed()
        .sorted(Comparator.comparingLong(group -> -plan.groups().get(group).bytes()))
        .forEach(
            group -> {
              Split split = least.remove();
              split.add(group, plan.groups().get(group).bytes());
              least.add(split);
            });
    return splits;
  }

  @Override
  public RecordReader<LongWritable, NullWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new Groups();
  }

  /** Some of the groups. */
  public static final class Split extends InputSplit implements Writable {
    private final List<Integer> groups = new ArrayList<>();
    private long bytes;

    private void add(int group, long length) {
      groups.add(group);
      bytes += length;
    }

    /** Their places in the plan. */
    List<Integer> groups() {
      return List.copyOf(groups);
    }

    @Override
    public long getLength() {
      return bytes;
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(bytes);
      out.writeInt(groups.size());
      for (int group : groups) {
        out.writeInt(group);
      }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      groups.clear();
      bytes = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        groups.add(in.readInt());
      }
    }
  }

  private static final class Groups extends RecordReader<LongWritable, NullWritable> {
    private final LongWritable group = new LongWritable();
    private List<Integer> groups = List.of();
    private int next;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      groups = ((Split) split).groups();
    }

    @Override
    public boolean nextKeyValue() {
      if (next == groups.size()) {
        return false;
      }
      group.set(groups.get(next++));
      return true;
    }

    @Override
    public LongWritable getCurrentKey() {
      return group;
    }

    @Override
    public NullWritable getCurrentValue() {
      return NullWritable.get();
    }

    @Override
    public float getProgress() {
      return groups.isEmpty() ? 1 : (float) next / groups.size();
    }

    @Override
    public void close() {}
  }
}
