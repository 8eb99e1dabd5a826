package io.kafkahdfs.producer.read;

import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.FileFault;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.NoTextException;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.TaskFailures;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the parts of a split one after the other, and passes over what is done. The key is the
 * record's number in the split.
 */
public final class HdfsRecordReader extends RecordReader<LongWritable, KafkaRecordWritable> {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsRecordReader.class);

  /** A counter is slow: it is brought up to date once in so many records. */
  private static final int COUNT_EVERY = 1000;

  private final InputAccount account;
  private final FormatReader files;
  private final Tolerance onBad;
  private final Configuration configuration;
  private final Counts counts;
  private final TaskFailures failures;
  private final LongWritable key = new LongWritable();
  private final KafkaRecordWritable record = new KafkaRecordWritable();

  /** How many bytes the split has, and its parts before the one that is read. */
  private final long bytes;

  private long bytesBefore;

  private RecordDecoder decoder;
  private long uncountedRecords;
  private long uncountedBytes;

  /** The counters of what was read. */
  public record Counts(Counter records, Counter bytes) {}

  public HdfsRecordReader(
      InputAccount account,
      FormatReader files,
      Tolerance onBad,
      Configuration configuration,
      Counts counts,
      TaskFailures failures) {
    this.account = account;
    this.bytes = account.split().bytes();
    this.files = files;
    this.onBad = onBad;
    this.configuration = configuration;
    this.counts = counts;
    this.failures = failures;
  }

  /** Nothing is left to do: the constructor has all that is needed. */
  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) {}

  @Override
  public boolean nextKeyValue() throws IOException {
    try {
      while (advance()) {
        if (account.position() > account.toSkip()) {
          uncountedRecords++;
          uncountedBytes += record.key().length() + record.value().length();
          if (uncountedRecords >= COUNT_EVERY) {
            count();
          }
          key.set(account.position());
          return true;
        }
      }
    } catch (LoaderException e) {
      throw failures.report(e);
    }
    if (account.position() < account.toSkip()) {
      throw failures.report(
          new LoaderException(
              ExitCode.FAILURE,
              "Split "
                  + account.split().index()
                  + " has "
                  + account.position()
                  + " records, but "
                  + account.toSkip()
                  + " of them are said to be done already. Use another --export-id to send all of"
                  + " it anew."));
    }
    account.ended();
    return false;
  }

  /** Moves to the next good record; false when all parts are read. */
  private boolean advance() throws IOException {
    if (record.rejection() != null) {
      throw new LoaderException(
          ExitCode.FAILURE,
          account.place()
              + ": a mapper rejects it ("
              + record.rejection()
              + "), and only kafka-to-hdfs has a place for such records: leave it out instead.");
    }
    while (true) {
      account.beforeRecord();
      if (decoder == null && !openNext()) {
        return false;
      }
      try {
        if (decoder != null && decoder.next(record)) {
          account.record();
          return true;
        }
        checkUnchanged();
      } catch (BadRecordException e) {
        account.badRecord();
        tolerate(account.place() + " " + e.getMessage(), e);
        continue;
      } catch (LinkageError e) {
        throw new MissingLibraryException(part().file().path(), e);
      } catch (IOException | RuntimeException e) {
        damaged(e);
      }
      closeDecoder();
    }
  }

  /** Before a file is read, and behind it: what has come to it in between would be missing. */
  private void checkUnchanged() throws IOException {
    new InputLister(configuration).checkUnchanged(List.of(part().file()));
  }

  private boolean openNext() throws IOException {
    if (account.part() + 1 >= account.split().parts().size()) {
      return false;
    }
    if (account.part() >= 0) {
      bytesBefore += part().length();
    }
    account.beginPart();
    FilePart part = part();
    checkUnchanged();
    Path path = new Path(part.file().path());
    try {
      decoder = files.open(path, part.start(), part.length());
    } catch (LoaderException e) {
      throw e;
    } catch (LinkageError e) {
      throw new MissingLibraryException(part.file().path(), e);
    } catch (IOException | RuntimeException e) {
      damaged(e);
    }
    return true;
  }

  /** The rest of the file is lost if it is the file that is at fault. */
  private void damaged(Exception e) throws IOException {
    if (!(e instanceof NoTextException)
        && !FileFault.isOfTheFile(e, new Path(part().file().path()), configuration)) {
      throw e instanceof IOException failure ? failure : new IOException(e);
    }
    account.badRecord();
    if (e instanceof NoTextException) {
      tolerate(part().file().path() + " cannot be sent: " + e.getMessage(), e);
      return;
    }
    tolerate(
        part().file().path()
            + " is damaged or cut short"
            + (account.part() < 0 ? "" : " (record " + account.read(account.part()) + ")")
            + ": "
            + (e.getMessage() == null ? e.toString() : e.getMessage()),
        e);
  }

  private void tolerate(String what, Exception e) throws LoaderException {
    if (onBad == Tolerance.FAIL) {
      throw new LoaderException(
          ExitCode.FAILURE,
          what + ". Mend or remove it, or set --on-bad skip to count it as bad and continue.",
          e);
    }
    LOG.warn("Continuing behind bad input: {}", what);
  }

  private FilePart part() {
    return account.split().parts().get(account.part());
  }

  private void count() {
    counts.records.increment(uncountedRecords);
    counts.bytes.increment(uncountedBytes);
    uncountedRecords = 0;
    uncountedBytes = 0;
  }

  @Override
  public LongWritable getCurrentKey() {
    return key;
  }

  @Override
  public KafkaRecordWritable getCurrentValue() {
    return record;
  }

  /** MapReduce asks for it with every record. */
  @Override
  public float getProgress() throws IOException {
    if (bytes == 0 || account.hasEnded()) {
      return 1;
    }
    double done = bytesBefore;
    if (decoder != null) {
      done += decoder.progress() * part().length();
    }
    return (float) (done / bytes);
  }

  @Override
  public void close() throws IOException {
    count();
    closeDecoder();
  }

  private void closeDecoder() throws IOException {
    if (decoder != null) {
      RecordDecoder ended = decoder;
      decoder = null;
      ended.close();
    }
  }
}
