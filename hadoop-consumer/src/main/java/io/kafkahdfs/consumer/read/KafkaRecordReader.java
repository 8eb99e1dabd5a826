package io.kafkahdfs.consumer.read;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.state.TaskFailures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ranges of a split one after the other, with one reader for all: exactly what was
 * planned, and nothing that the cluster says of its offsets now. The key is the record's offset.
 */
public final class KafkaRecordReader extends RecordReader<LongWritable, KafkaRecordWritable> {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordReader.class);

  private final KafkaCluster cluster;
  private final ReadPolicy policy;
  private final RateLimit limit;
  private final BooleanSupplier timeIsUp;
  private final TaskAttemptContext context;
  private final List<RangeAccount> accounts;
  private final TaskFailures failures;
  private final TaskAttemptID attempt;
  private final Counter recordsRead;
  private final Counter bytesRead;
  private final long plannedOffsets;
  private final LongWritable key = new LongWritable();
  private final KafkaRecordWritable record = new KafkaRecordWritable();

  private int rangeIndex;
  private RangeAccount account;

  /** Reads the range of {@link #account} from its position on, and those behind it. */
  private RangeReader reader;

  private boolean allRead;
  private RecordBatch batch;
  private OffsetRange suspected;
  private long offsetsDone;

  /** What the counters have of {@link #account}. */
  private long countedRecords;

  private long countedBytes;

  /** Something that connects to the cluster. */
  public interface Connector {
    KafkaCluster connect() throws IOException;
  }

  /**
   * Connects, and begins to read.
   *
   * @param connector its cluster is closed with the reader
   * @param ranges at least one
   * @param place of the split that has them
   * @param limit holds it back between batches
   * @param timeIsUp asked between batches; once true the reader ends where it is
   */
  public static KafkaRecordReader open(
      Connector connector,
      List<OffsetRange> ranges,
      SplitPlace place,
      ReadPolicy policy,
      RateLimit limit,
      BooleanSupplier timeIsUp,
      TaskAttemptContext context)
      throws IOException {
    TaskFailures failures = TaskFailures.of(context);
    try {
      return new KafkaRecordReader(
          connector.connect(),
          accounts(ranges, place.continued()),
          place.index(),
          policy,
          limit,
          timeIsUp,
          failures,
          context);
    } catch (LoaderException e) {
      throw failures.report(e);
    }
  }

  private static List<RangeAccount> accounts(List<OffsetRange> ranges, boolean continued) {
    List<RangeAccount> accounts = new ArrayList<>(ranges.size());
    for (OffsetRange range : ranges) {
      accounts.add(new RangeAccount(range, continued && accounts.isEmpty()));
    }
    return accounts;
  }

  private KafkaRecordReader(
      KafkaCluster cluster,
      List<RangeAccount> accounts,
      int split,
      ReadPolicy policy,
      RateLimit limit,
      BooleanSupplier timeIsUp,
      TaskFailures failures,
      TaskAttemptContext context) {
    this.cluster = cluster;
    this.policy = policy;
    this.limit = limit;
    this.timeIsUp = timeIsUp;
    this.context = context;
    this.accounts = accounts;
    this.account = accounts.get(0);
    this.failures = failures;
    this.attempt = context.getTaskAttemptID();
    this.recordsRead = context.getCounter(LoadCounter.RECORDS_READ);
    this.bytesRead = context.getCounter(LoadCounter.BYTES_READ);
    this.plannedOffsets = accounts.stream().mapToLong(each -> each.range().size()).sum();
    TaskReads.begin(attempt, split, accounts);
  }

  /** Nothing is left to do: the constructor has all that is needed. */
  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) {}

  @Override
  public boolean nextKeyValue() throws IOException {
    try {
      checkRejection();
      while (batch == null || !batch.next(record)) {
        if (!nextBatch()) {
          return false;
        }
      }
      account.record(record);
    } catch (LoaderException e) {
      throw failures.report(e);
    }
    key.set(record.offset());
    return true;
  }

  /** A record that is rejected and not written would count as one that is filtered. */
  private void checkRejection() throws LoaderException {
    if (record.rejection() != null) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "A mapper rejects "
              + record
              + " ("
              + record.rejection()
              + ") and does not write it. It must write what it rejects, so that it is counted as"
              + " bad, or leave it out without a word, so that it is counted as filtered.");
    }
  }

  /** Moves to the next batch, of this range or a later one; false when all is read. */
  private boolean nextBatch() throws IOException {
    if (batch != null) {
      account.endOfBatch(batch.nextOffset());
      batch = null;
      count();
    }
    holdBack();
    while (true) {
      if (timeIsUp.getAsBoolean()) {
        LOG.info("The run's time is up: this task ends at {}", this);
        return false;
      }
      if (allRead) {
        return false;
      }
      if (reader == null) {
        reader = cluster.read(unread(), policy.settings());
      }
      try {
        batch = reader.next();
      } catch (OffsetsRemovedException e) {
        closeReader();
        removed(e);
        continue;
      } catch (DamagedRecordException e) {
        closeReader();
        damaged(e);
        account.bad(e.damaged());
        continue;
      }
      if (batch != null) {
        return true;
      }
      endOfRange();
    }
  }

  /** Waits until its share of the rate lets it read on, or the time is up. */
  private void holdBack() throws InterruptedIOException {
    for (long pause = limit.pause(); pause > 0 && !timeIsUp.getAsBoolean(); pause = limit.pause()) {
      limit.hold(pause);
      // A task that is silent for minutes is taken for dead.
      context.progress();
    }
  }

  private List<OffsetRange> unread() {
    List<OffsetRange> unread = new ArrayList<>();
    unread.add(account.range().startingAt(account.position()));
    accounts.subList(rangeIndex + 1, accounts.size()).forEach(later -> unread.add(later.range()));
    return unread;
  }

  private void endOfRange() {
    // What was once said of this partition confirms nothing of the next one.
    suspected = null;
    account.last();
    count();
    offsetsDone += account.range().size();
    if (!reader.nextRange()) {
      allRead = true;
      return;
    }
    rangeIndex++;
    account = accounts.get(rangeIndex);
    countedRecords = 0;
    countedBytes = 0;
  }

  /**
   * One answer that offsets are gone is not enough to give them up for ever: the broker is asked
   * once more, and the smaller loss counts.
   */
  private void removed(OffsetsRemovedException e) throws IOException {
    if (suspected == null || suspected.from() != e.removed().from()) {
      suspected = e.removed();
    } else {
      tolerate(policy.onMissing() == Tolerance.SKIP, e);
      account.lost(suspected.endingAt(Math.min(suspected.until(), e.removed().until())));
      suspected = null;
    }
  }

  private void damaged(DamagedRecordException e) throws IOException {
    Optional<DamageSink> sink = TaskReads.damage(attempt);
    if (sink.isPresent()) {
      sink.get().damaged(e);
    } else {
      tolerate(policy.onBad() == OnBad.SKIP, e);
    }
  }

  private static void tolerate(boolean tolerated, LoaderException e) throws LoaderException {
    if (!tolerated) {
      throw e;
    }
    LOG.warn("Continuing without: {}", e.getMessage());
  }

  /** Brings the counters up to date; done once a batch, since a counter is slow. */
  private void count() {
    limit.spend(account.read() - countedRecords, account.bytes() - countedBytes);
    recordsRead.increment(account.read() - countedRecords);
    bytesRead.increment(account.bytes() - countedBytes);
    countedRecords = account.read();
    countedBytes = account.bytes();
  }

  @Override
  public LongWritable getCurrentKey() {
    return key;
  }

  @Override
  public KafkaRecordWritable getCurrentValue() {
    return record;
  }

  @Override
  public float getProgress() {
    if (plannedOffsets == 0) {
      return 1;
    }
    long inRange = allRead ? 0 : account.position() - account.range().from();
    return (float) (offsetsDone + inRange) / plannedOffsets;
  }

  @Override
  public void close() {
    count();
    closeReader();
    cluster.close();
  }

  /** How far it has come, for logs. */
  @Override
  public String toString() {
    return account.toString();
  }

  private void closeReader() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
