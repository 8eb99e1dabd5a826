package io.kafkahdfs.consumer.write;

import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.read.RangeAccount;
import io.kafkahdfs.consumer.read.TaskReads;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * Writes the records of a task attempt into staged files, one range after the other, and at the end
 * drafts the manifest that says what became of every offset. Holds each record against its range:
 * offsets may be left out and may come several times in a row, but never go back.
 */
public final class LoaderRecordWriter extends RecordWriter<LongWritable, KafkaRecordWritable> {
  private final FileStore store;
  private final RunFolder run;
  private final TaskAttemptID attempt;
  private final LaneWriter files;
  private final BadRecords bad;
  private final TaskFailures failures;
  private final List<RangeOutcome> outcomes = new ArrayList<>();

  /** The range that is being written: its place in the task's accounts. Set by the first record. */
  private int rangeIndex = -1;

  /** What is read of the range; null between two ranges. */
  private RangeAccount account;

  /** What became of the records of the range. */
  private OffsetCount offsets;

  /**
   * @param files into the attempt's folder of the run
   * @param bad decides about bad records
   */
  public LoaderRecordWriter(
      FileStore store,
      RunFolder run,
      LaneWriter files,
      BadRecords bad,
      TaskAttemptContext context) {
    this.store = store;
    this.run = run;
    this.attempt = context.getTaskAttemptID();
    this.files = files;
    this.bad = bad;
    this.failures = TaskFailures.of(context);
    TaskReads.tellDamage(attempt, bad);
  }

  @Override
  public void write(LongWritable ignored, KafkaRecordWritable record) throws IOException {
    try {
      if (account == null || !record.partition().equals(account.range().partition())) {
        moveTo(record);
      }
      if (!account.range().contains(record.offset()) || record.offset() < offsets.last()) {
        throw misplaced(record);
      }
      take(record);
    } catch (LoaderException e) {
      throw failures.report(e);
    }
  }

  /** Writes a record; if it is bad, that is decided here, whoever on the way found it so. */
  private void take(KafkaRecordWritable record) throws IOException {
    String rejection = record.takeRejection();
    try {
      if (rejection != null) {
        throw new RejectedRecordException(record, rejection);
      }
      if (files.write(record)) {
        offsets.written(record.offset());
      }
    } catch (UnwritableRecordException e) {
      refuse(record, e);
    }
  }

  private void refuse(KafkaRecordWritable record, UnwritableRecordException why)
      throws IOException {
    boolean taken = false;
    try {
      bad.take(record, why);
      taken = true;
    } finally {
      if (!taken) {
        // A mapper that catches this must not get away with files that lack the record.
        files.close();
      }
    }
    offsets.bad(record.offset());
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
    throw misplaced(record);
  }

  private LoaderException misplaced(KafkaRecordWritable record) {
    // A mapper that catches this must not get away with files that lack the record.
    files.close();
    return new LoaderException(
        ExitCode.FAILURE,
        "A record for offset "
            + record.offset()
            + " of "
            + record.partition()
            + " came while "
            + account.range()
            + " is written"
            + (offsets.last() < 0 ? "" : ", after offset " + offsets.last())
            + ". A mapper must keep a record's place: it may change its key, value, timestamp and"
            + " headers, leave it out or make several of it, but each with the topic, partition and"
            + " offset of the one it was given, and in their order.");
  }

  private void beginRange(int index) {
    rangeIndex = index;
    account = TaskReads.of(attempt).get(index);
    offsets = new OffsetCount();
  }

  private void finishRange() throws IOException {
    if (account == null) {
      return;
    }
    RangeAccount read = account;
    if (read.isContinued()) {
      // The commit leaves it out if the task that reads what lies before it ends early.
      files.endAll();
    } else {
      files.endPartition(read.range().partition());
    }
    PartitionId partition = read.range().partition();
    bad.endPartition(partition);
    outcomes.add(
        new RangeOutcome(
            read.range(),
            read.position(),
            read.tally(offsets.written(), offsets.bad()),
            offsets.records(),
            read.bytes(),
            read.last(),
            bad.quarantined(partition)));
    account = null;
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
    List<WrittenFile> written = finishFiles();
    Path draft = run.draftManifest(attempt);
    store.mkdirs(draft.getParent());
    store.delete(draft);
    try (OutputStream out = store.create(draft)) {
      out.write(
          Json.writeSealed(new TaskManifest(attempt.toString(), outcomes, written, bad.first())));
    }
    count(written, context);
    TaskReads.end(attempt);
  }

  private List<WrittenFile> finishFiles() throws IOException {
    // What one of them fails with must not leave the other at work.
    try (files;
        bad) {
      List<WrittenFile> written = new ArrayList<>(files.finish());
      written.addAll(bad.finish());
      return written;
    }
  }

  private void count(List<WrittenFile> written, TaskAttemptContext context) {
    for (RangeOutcome outcome : outcomes) {
      OffsetTally tally = outcome.tally();
      context.getCounter(LoadCounter.OFFSETS_WRITTEN).increment(tally.written());
      context.getCounter(LoadCounter.OFFSETS_FILTERED).increment(tally.filtered());
      context.getCounter(LoadCounter.OFFSETS_BAD).increment(tally.bad());
      context.getCounter(LoadCounter.OFFSETS_INVISIBLE).increment(tally.invisible());
      context.getCounter(LoadCounter.OFFSETS_LOST).increment(tally.lost());
      context.getCounter(LoadCounter.RECORDS_WRITTEN).increment(outcome.records());
      context.getCounter(LoadCounter.RECORDS_QUARANTINED).increment(outcome.quarantined());
    }
    for (WrittenFile file : written) {
      context.getCounter(LoadCounter.FILES_WRITTEN).increment(1);
      context.getCounter(LoadCounter.FILE_BYTES_WRITTEN).increment(file.bytes());
    }
  }
}
