package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.read.RangeAccount;
import io.kafkahdfs.consumer.read.TaskReads;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.write.RollingFileWriter;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * Writes the records of a task attempt into staged files, one range after the other, and at the end
 * drafts the manifest that says what became of every offset.
 */
final class LoaderRecordWriter extends RecordWriter<LongWritable, KafkaRecordWritable> {
  private final FileStore store;
  private final RunFolder run;
  private final TaskAttemptID attempt;
  private final EncodeSettings encoding;
  private final long rollBytes;
  private final Configuration configuration;
  private final TaskFailures failures;
  private final List<WrittenFile> files = new ArrayList<>();
  private final List<RangeOutcome> outcomes = new ArrayList<>();

  /** The range that is being written: its place in the task's accounts. Set by the first record. */
  private int rangeIndex = -1;

  private RangeAccount account;
  private RollingFileWriter writer;

  LoaderRecordWriter(
      FileStore store,
      RunFolder run,
      EncodeSettings encoding,
      long rollBytes,
      TaskAttemptContext context) {
    this.store = store;
    this.run = run;
    this.attempt = context.getTaskAttemptID();
    this.encoding = encoding;
    this.rollBytes = rollBytes;
    this.configuration = context.getConfiguration();
    this.failures = TaskFailures.of(context);
  }

  @Override
  public void write(LongWritable ignored, KafkaRecordWritable record) throws IOException {
    try {
      if (writer == null || !record.partition().equals(account.range().partition())) {
        moveTo(record);
      }
      writer.write(record);
    } catch (LoaderException e) {
      throw failures.report(e);
    }
  }

  /** A task's ranges are each of another partition, so the partition tells which range it is. */
  private void moveTo(KafkaRecordWritable record) throws IOException {
    for (int next = rangeIndex + 1; next < TaskReads.of(attempt).size(); next++) {
      finishRange();
      beginRange(next);
      if (account.range().partition().equals(record.partition())) {
        return;
      }
    }
    throw new LoaderException(
        ExitCode.FAILURE,
        "A mapper wrote "
            + record
            + ", which is not a record of the range that is being read. It must keep a record's"
            + " topic, partition and offset.");
  }

  private void beginRange(int index) {
    rangeIndex = index;
    account = TaskReads.of(attempt).get(index);
    writer =
        new RollingFileWriter(
            store, run.attempt(attempt), account.range(), encoding, configuration, rollBytes);
  }

  private void finishRange() throws IOException {
    if (writer == null) {
      return;
    }
    files.addAll(writer.finish());
    RangeAccount read = account;
    outcomes.add(
        new RangeOutcome(
            read.range(),
            read.position(),
            read.tally(writer.offsetsWritten()),
            writer.recordsWritten(),
            read.bytes(),
            read.last()));
    writer = null;
  }

  /**
   * Finishes all files and drafts the manifest. Hadoop calls this also when the task has failed;
   * then nobody commits what is drafted here.
   */
  @Override
  public void close(TaskAttemptContext context) throws IOException {
    int ranges = TaskReads.of(attempt).size();
    finishRange();
    while (rangeIndex + 1 < ranges) {
      beginRange(rangeIndex + 1);
      finishRange();
    }
    Path draft = run.draftManifest(attempt);
    store.mkdirs(draft.getParent());
    store.delete(draft);
    try (OutputStream out = store.create(draft)) {
      out.write(Json.writeSealed(new TaskManifest(attempt.toString(), outcomes, files)));
    }
    count(context);
    TaskReads.end(attempt);
  }

  private void count(TaskAttemptContext context) {
    for (RangeOutcome outcome : outcomes) {
      OffsetTally tally = outcome.tally();
      context.getCounter(LoadCounter.OFFSETS_WRITTEN).increment(tally.written());
      context.getCounter(LoadCounter.OFFSETS_FILTERED).increment(tally.filtered());
      context.getCounter(LoadCounter.OFFSETS_BAD).increment(tally.bad());
      context.getCounter(LoadCounter.OFFSETS_INVISIBLE).increment(tally.invisible());
      context.getCounter(LoadCounter.OFFSETS_LOST).increment(tally.lost());
      context.getCounter(LoadCounter.RECORDS_WRITTEN).increment(outcome.records());
    }
    for (WrittenFile file : files) {
      context.getCounter(LoadCounter.FILES_WRITTEN).increment(1);
      context.getCounter(LoadCounter.FILE_BYTES_WRITTEN).increment(file.bytes());
    }
  }
}
