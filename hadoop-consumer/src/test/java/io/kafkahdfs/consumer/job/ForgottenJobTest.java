package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.run.JobRun;
import io.kafkahdfs.run.JobWait;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that nobody could find again must not go on alone. */
class ForgottenJobTest {
  private static final Path FOLDER = new Path("/run");

  /** To remember is to delete the draft, create it, write it, close it, and put it in its place. */
  private static final int OPERATIONS = 5;

  @TempDir java.nio.file.Path temporary;

  @ParameterizedTest
  @EnumSource
  void aJobThatCannotBeRememberedIsEnded(Moment moment) throws Exception {
    for (int n = OPERATIONS + 1; n <= 2 * OPERATIONS; n++) {
      FaultyFileStore failing = FaultyFileStore.failing(store(), n, moment);
      JobRun run = run(failing);
      Job job = prepare(run);
      assertThatThrownBy(() -> run.run(job, 0))
          .as("failure at operation %d", n)
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining(job.getJobID() + " was submitted and could not be remembered")
          .hasMessageContaining("It was told to end.");
      await("the job's end").atMost(Duration.ofMinutes(1)).until(job::isComplete);
      assertThat(job.isSuccessful()).isFalse();
    }
  }

  @Test
  void aJobThatCannotBeAnnouncedIsNotSubmitted() throws Exception {
    for (int n = 1; n <= OPERATIONS; n++) {
      JobRun run = run(FaultyFileStore.failing(store(), n, Moment.BEFORE));
      Job job = prepare(run);
      assertThatThrownBy(() -> run.run(job, 0)).isInstanceOf(IOException.class);
      assertThat(job.getJobID()).as("failure at operation %d", n).isNull();
    }
  }

  private static FileStore store() throws IOException {
    FileStore store = new InMemoryFileStore();
    store.mkdirs(FOLDER);
    return store;
  }

  private JobRun run(FileStore store) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("hadoop.tmp.dir", temporary.toString());
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new JobRun(
        new Invocation(
            configuration,
            new Credentials(),
            Settings.read(LoadSettings.ALL, key -> null),
            new Console(nowhere, nowhere, false),
            StopSignal.NONE),
        new SubmittedJob(configuration, store, FOLDER),
        new JobWait(LoadCounter.RECORDS_READ, LoadCounter.BYTES_READ));
  }

  private static Job prepare(JobRun run) throws IOException {
    return run.prepare(
        "a job",
        "run-1",
        ForgottenJobTest.class,
        Endless.class,
        Mapper.class,
        NullOutputFormat.class);
  }

  /** Input whose first record never comes. */
  public static final class Endless extends InputFormat<LongWritable, LongWritable> {
    @Override
    public List<InputSplit> getSplits(JobContext context) {
      return List.of(new Nothing());
    }

    @Override
    public RecordReader<LongWritable, LongWritable> createRecordReader(
        InputSplit split, TaskAttemptContext context) {
      return new Waiting();
    }
  }

  /** A split of it. */
  public static final class Nothing extends InputSplit implements Writable {
    @Override
    public long getLength() {
      return 1;
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) {
      // There is nothing to it.
    }

    @Override
    public void readFields(DataInput in) {
      // There is nothing to it.
    }
  }

  private static final class Waiting extends RecordReader<LongWritable, LongWritable> {
    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      // There is nothing to it.
    }

    @Override
    public boolean nextKeyValue() throws InterruptedException {
      new CountDownLatch(1).await();
      return false;
    }

    @Override
    public LongWritable getCurrentKey() {
      return null;
    }

    @Override
    public LongWritable getCurrentValue() {
      return null;
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() {
      // There is nothing to it.
    }
  }
}
