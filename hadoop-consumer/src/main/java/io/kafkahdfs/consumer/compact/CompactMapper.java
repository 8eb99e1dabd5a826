package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Merges the groups of a task, and promises them when all are done. */
public final class CompactMapper
    extends Mapper<LongWritable, NullWritable, NullWritable, NullWritable> {
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    try {
      merge(context);
    } catch (LoaderException e) {
      throw TaskFailures.of(context).report(e);
    }
  }

  private static void merge(Context context) throws IOException, InterruptedException {
    Configuration configuration = context.getConfiguration();
    RunFolder run = Run.required(configuration).folder();
    FileStore store = HadoopFileStore.of(run.path(), configuration);
    run.checkPermit(store);
    List<Integer> groups = new ArrayList<>();
    while (context.nextKeyValue()) {
      groups.add((int) context.getCurrentKey().get());
    }
    new MergeTask(store, run, CompactInputFormat.plan(configuration), configuration)
        .run(
            context.getTaskAttemptID(),
            groups,
            file -> {
              context.getCounter(LoadCounter.RECORDS_READ).increment(file.records());
              context.getCounter(LoadCounter.BYTES_READ).increment(file.bytes());
              context.progress();
            });
  }
}
