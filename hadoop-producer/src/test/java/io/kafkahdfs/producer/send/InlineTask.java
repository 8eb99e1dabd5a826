package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.producer.split.HdfsInputFormat;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** An attempt of a split's task, as MapReduce would run it, record by record in this thread. */
public final class InlineTask {
  private final TaskAttemptContext context;
  private final RecordReader<LongWritable, KafkaRecordWritable> reader;
  private final RecordWriter<LongWritable, KafkaRecordWritable> writer;
  private final Predicate<String> filter;

  /**
   * @param configuration with the run in it
   * @param split its place among the splits of the run
   * @param filter which values the mapper keeps
   */
  public InlineTask(
      Configuration configuration,
      TaskAttemptID attempt,
      int split,
      KafkaTarget target,
      FileStore store,
      Predicate<String> filter)
      throws IOException, InterruptedException {
    this(configuration, attempt, split, target, store, System::nanoTime, filter);
  }

  /**
   * The same, with a clock of its own.
   *
   * @param nanos as {@link System#nanoTime}
   */
  public InlineTask(
      Configuration configuration,
      TaskAttemptID attempt,
      int split,
      KafkaTarget target,
      FileStore store,
      LongSupplier nanos,
      Predicate<String> filter)
      throws IOException, InterruptedException {
    this.context = new TaskAttemptContextImpl(configuration, attempt);
    this.filter = filter;
    HdfsInputFormat format = new HdfsInputFormat();
    List<InputSplit> splits =
        format.getSplits(new JobContextImpl(configuration, context.getJobID()));
    reader = format.createRecordReader(splits.get(split), context);
    writer =
        KafkaOutputFormat.export(ExportRun.required(configuration), target, store, nanos, context);
  }

  /** Reads the next record, and sends it if the mapper keeps it; false when there is none. */
  public boolean step() throws IOException, InterruptedException {
    if (!reader.nextKeyValue()) {
      return false;
    }
    if (filter.test(reader.getCurrentValue().value().toString())) {
      writer.write(reader.getCurrentKey(), reader.getCurrentValue());
    }
    return true;
  }

  private void close() throws IOException, InterruptedException {
    reader.close();
    writer.close(context);
  }

  /** Runs it to its end. */
  public void run() throws IOException, InterruptedException {
    try {
      while (step()) {
        // On to the next.
      }
    } catch (IOException e) {
      // As MapReduce does, which closes a task that has failed.
      try (reader) {
        writer.close(context);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    close();
  }
}
