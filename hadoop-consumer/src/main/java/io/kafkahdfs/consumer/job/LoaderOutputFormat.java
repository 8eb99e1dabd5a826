package io.kafkahdfs.consumer.job;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.LoaderCommitter;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.write.LaneWriter;
import io.kafkahdfs.consumer.write.LoaderRecordWriter;
import io.kafkahdfs.consumer.write.PathLayout;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.security.TokenCache;

/** Lands records in files and commits them together with their offsets. */
public final class LoaderOutputFormat extends OutputFormat<LongWritable, KafkaRecordWritable> {
  /** A task goes from topic to topic and does not come back, so it hardly needs more than one. */
  private static final int OPEN_FILES = 4;

  /** Fetches what a secured cluster needs to write to the output's file system. */
  @Override
  public void checkOutputSpecs(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    TokenCache.obtainTokensForNamenodes(
        context.getCredentials(),
        new Path[] {Run.required(configuration).folder().path()},
        configuration);
  }

  @Override
  public RecordWriter<LongWritable, KafkaRecordWritable> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Configuration configuration = context.getConfiguration();
    Run run = Run.required(configuration);
    Settings settings = KafkaConnection.settings(configuration);
    FileStore store = HadoopFileStore.of(run.folder().path(), configuration);
    LaneWriter files =
        new LaneWriter(
            store,
            run.folder().attempt(context.getTaskAttemptID()),
            new PathLayout(settings.get(FileSettings.FILE_PER)),
            FileSettings.encoding(settings),
            configuration,
            new LaneWriter.Limits(settings.get(FileSettings.ROLL_BYTES), OPEN_FILES));
    return new LoaderRecordWriter(store, run.folder(), files, context);
  }

  @Override
  public OutputCommitter getOutputCommitter(TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Run run = Run.required(configuration);
    return new LoaderCommitter(HadoopFileStore.of(run.folder().path(), configuration), run);
  }
}
