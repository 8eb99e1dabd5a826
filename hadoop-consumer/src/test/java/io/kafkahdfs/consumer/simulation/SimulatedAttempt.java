package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.commit.LoaderCommitter;
import io.kafkahdfs.consumer.read.KafkaRecordReader;
import io.kafkahdfs.consumer.read.OnBad;
import io.kafkahdfs.consumer.read.ReadPolicy;
import io.kafkahdfs.consumer.read.TaskReads;
import io.kafkahdfs.consumer.split.KafkaSplit;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.write.BadRecords;
import io.kafkahdfs.consumer.write.LaneWriter;
import io.kafkahdfs.consumer.write.LoaderRecordWriter;
import io.kafkahdfs.consumer.write.PathLayout;
import io.kafkahdfs.consumer.write.QuarantineLayout;
import io.kafkahdfs.consumer.write.StagedFiles;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.simulation.SimulatedPort;
import io.kafkahdfs.testkit.simulation.SimulatedProcess;
import java.io.IOException;
import java.util.function.Function;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/**
 * An attempt of a map task: real reader, writer and committer, in the order of Hadoop's MapTask.
 */
final class SimulatedAttempt {
  private static final ReadSettings READ = new ReadSettings(30, 1 << 20, 1);

  private final LoadWorld world;
  private final Run run;
  private final KafkaSplit split;
  private final TaskAttemptContext context;
  private final Function<SimulatedAttempt, Answer> master;
  private SimulatedProcess process;
  private boolean succeeded;

  /** What the application master says to an attempt that wants to commit. */
  enum Answer {
    YES,
    WAIT,
    NO
  }

  private SimulatedAttempt(
      LoadWorld world,
      Run run,
      KafkaSplit split,
      TaskAttemptContext context,
      Function<SimulatedAttempt, Answer> master) {
    this.world = world;
    this.run = run;
    this.split = split;
    this.context = context;
    this.master = master;
  }

  static SimulatedAttempt start(
      LoadWorld world,
      Run run,
      JobID job,
      int task,
      int number,
      KafkaSplit split,
      Function<SimulatedAttempt, Answer> master) {
    TaskAttemptID id = new TaskAttemptID(new TaskID(job, TaskType.MAP, task), number);
    SimulatedAttempt attempt =
        new SimulatedAttempt(
            world, run, split, new TaskAttemptContextImpl(SimulatedJob.CONFIGURATION, id), master);
    attempt.process =
        world
            .simulation()
            .start("task" + task + "." + number + "-" + run.folder().id(), attempt::work);
    return attempt;
  }

  TaskAttemptContext context() {
    return context;
  }

  SimulatedProcess process() {
    return process;
  }

  boolean hasSucceeded() {
    return succeeded;
  }

  boolean isGone() {
    return process.isGone();
  }

  boolean isStalled() {
    return process.isStalled();
  }

  void kill() {
    process.kill();
  }

  private void work(SimulatedProcess self) {
    FileStore store = world.store(self);
    LoaderCommitter committer = new LoaderCommitter(store, run);
    try {
      committer.setupTask(context);
      readAndWrite(self, store);
      commit(self, committer);
    } catch (IOException e) {
      committer.abortTask(context);
    } finally {
      TaskReads.end(context.getTaskAttemptID());
    }
  }

  private void readAndWrite(SimulatedProcess self, FileStore store) throws IOException {
    boolean early = world.endsEarly();
    KafkaRecordReader reader =
        KafkaRecordReader.open(
            () -> SimulatedPort.of(world.produced().cluster(), self),
            split.ranges(),
            split.place(),
            new ReadPolicy(Tolerance.SKIP, OnBad.FAIL, READ),
            RateLimit.none(),
            () -> early && !world.simulation().isCalm() && world.simulation().chance(0.3),
            context);
    StagedFiles staged =
        StagedFiles.oneByOne(
            store, run.folder().attempt(context.getTaskAttemptID()), SimulatedJob.CONFIGURATION);
    RecordWriter<LongWritable, KafkaRecordWritable> writer =
        new LoaderRecordWriter(
            store,
            run.folder(),
            new LaneWriter(
                staged,
                run.writer(TaskReads.split(context.getTaskAttemptID())),
                new PathLayout(world.filePer()),
                EncodeSettings.of(FileFormat.TEXT),
                new LaneWriter.Limits(world.rollBytes(), 2, 1000)),
            new BadRecords(
                OnBad.QUARANTINE, run, staged, world.rollBytes(), new QuarantineLayout()),
            context);
    try {
      while (reader.nextKeyValue()) {
        writer.write(reader.getCurrentKey(), reader.getCurrentValue());
      }
      reader.close();
      writer.close(context);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      closeQuietly(reader, writer);
      throw e;
    }
  }

  /** As MapTask does after a failure. */
  private void closeQuietly(
      KafkaRecordReader reader, RecordWriter<LongWritable, KafkaRecordWritable> writer) {
    try {
      reader.close();
      writer.close(context);
    } catch (IOException | RuntimeException | InterruptedException e) {
      // As Hadoop does, it goes on.
    }
  }

  private void commit(SimulatedProcess self, LoaderCommitter committer) throws IOException {
    self.await(() -> master.apply(this) != Answer.WAIT);
    if (master.apply(this) == Answer.NO) {
      self.kill();
      return;
    }
    committer.commitTask(context);
    succeeded = true;
  }
}
