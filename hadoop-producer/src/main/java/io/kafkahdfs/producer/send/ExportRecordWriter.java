package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.read.InputAccount;
import io.kafkahdfs.producer.split.ExportCounter;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** Sends the records of a split, and makes it known again and again how far it is. */
final class ExportRecordWriter extends RecordWriter<LongWritable, KafkaRecordWritable> {
  private final InputAccount input;
  private final Delivery delivery;
  private final Dispatcher dispatcher;
  private final SplitAccount account;
  private final Reports reports;
  private final TaskFailures failures;
  private final Closeable connection;

  private long sentAtSave;
  private boolean failed;

  /** Where reports are written. */
  record Reports(FileStore store, RoundFolder folder) {}

  /**
   * @param connection closed at the end
   */
  ExportRecordWriter(
      InputAccount input,
      Delivery delivery,
      Dispatcher dispatcher,
      Reports reports,
      TaskFailures failures,
      Closeable connection) {
    this.input = input;
    this.delivery = delivery;
    this.dispatcher = dispatcher;
    this.account = new SplitAccount(input, delivery.start());
    this.reports = reports;
    this.failures = failures;
    this.connection = connection;
    input.skip(delivery.start().done());
    input.beforeEachRecord(this::readOn);
  }

  /** All that the mapper made of the record that was read last is written. */
  private void readOn() throws IOException {
    saveIfDue(input.position(), 0);
  }

  @Override
  public void write(LongWritable ignored, KafkaRecordWritable record) throws IOException {
    if (account.isNewInput()) {
      // Nothing stays open while the record is held back.
      saveIfDue(input.position() - 1, dispatcher.pause());
    }
    try {
      dispatcher.send(record, input.position());
      account.sent();
    } catch (SendFailedException e) {
      throw failed(sendFailure(e));
    } catch (LoaderException e) {
      throw failed(
          new LoaderException(
              e.exitCode(), input.place(input.position()) + ": " + e.getMessage() + ".", e));
    }
  }

  private void saveIfDue(long done, long ahead) throws IOException {
    if (!delivery.isDue(done, ahead)) {
      return;
    }
    try {
      save(done);
    } catch (SendFailedException e) {
      throw failed(sendFailure(e));
    } catch (LoaderException e) {
      throw failed(e);
    }
  }

  private void save(long done) throws IOException {
    delivery.save(done, this::settle);
    sentAtSave = dispatcher.sent();
  }

  private Delivery.Settled settle(long done) throws LoaderException {
    dispatcher.checkAcknowledged();
    // Only now are all records counted that this is about.
    SendTally tally = dispatcher.tally();
    return new Delivery.Settled(
        account.note(tally, done), dispatcher.sent() - sentAtSave, tally.witnesses());
  }

  private LoaderException sendFailure(SendFailedException e) {
    return new LoaderException(
        e.exitCode(), input.place(e.number()) + " could not be sent " + e.reason() + ".", e);
  }

  private LoaderException failed(LoaderException failure) {
    failed = true;
    return failures.report(failure);
  }

  /** Finishes the split. Hadoop calls this also when the task has failed; then it is left. */
  @Override
  public void close(TaskAttemptContext context) throws IOException {
    try (connection) {
      if (!input.hasEnded()) {
        abandon();
        throw new LoaderException(
            ExitCode.FAILURE,
            "The task ended before it had read all of its split. A mapper must read all records.");
      }
      finish(context);
    } finally {
      InputAccount.end(context.getTaskAttemptID());
    }
  }

  private void abandon() {
    if (failed) {
      delivery.fail();
      return;
    }
    // The record that was read last may have been sent in part.
    long done = Math.max(delivery.saved(), input.position() - 1);
    delivery.abandon(done, input.position(), this::settle);
  }

  private void finish(TaskAttemptContext context) throws IOException {
    try {
      if (dispatcher.sent() > sentAtSave || delivery.saved() < input.position()) {
        save(input.position());
      }
      SplitReport report =
          account.report(
              dispatcher.tally(), delivery.maybeRepeated(), context.getTaskAttemptID().toString());
      report.check();
      write(report);
      count(context, report);
    } catch (SendFailedException e) {
      throw failed(sendFailure(e));
    } catch (LoaderException e) {
      throw failed(e);
    } finally {
      delivery.close();
    }
  }

  private void write(SplitReport report) throws IOException {
    Path file = reports.folder.report(report.split());
    Path draft = new Path(reports.folder.reports(), report.attempt() + ".draft");
    AtomicFile.replace(reports.store, draft, file, Json.writeSealed(report));
  }

  private void count(TaskAttemptContext context, SplitReport report) {
    List<SplitReport.File> files = report.files();
    context
        .getCounter(ExportCounter.RECORDS_SENT)
        .increment(files.stream().mapToLong(SplitReport.File::sent).sum());
    context
        .getCounter(ExportCounter.RECORDS_FILTERED)
        .increment(files.stream().mapToLong(SplitReport.File::filtered).sum());
    context
        .getCounter(ExportCounter.RECORDS_BAD)
        .increment(files.stream().mapToLong(SplitReport.File::bad).sum());
    context.getCounter(ExportCounter.RECORDS_ACKNOWLEDGED).increment(report.records());
    context.getCounter(ExportCounter.RECORDS_DONE_BEFORE).increment(delivery.start().done());
    context.getCounter(ExportCounter.RECORDS_PAST_RETENTION).increment(dispatcher.outlived());
    context.getCounter(ExportCounter.RECORDS_MAYBE_REPEATED).increment(report.maybeRepeated());
  }
}
