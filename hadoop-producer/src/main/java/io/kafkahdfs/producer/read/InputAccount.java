package io.kafkahdfs.producer.read;

import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.PlannedSplit;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * What a task attempt has read of its split, for the attempt's record writer; and, the other way,
 * how much of it the writer says to pass over. MapReduce makes reader and writer apart and lets
 * them share nothing but the attempt's id, so this is where they meet. Several attempts run in one
 * process when a job runs locally. Used by one thread.
 *
 * <p>Records are numbered from 1 on. A bad record has a number too, as has the damaged rest of a
 * file: the same input has the same numbers, so that a number says how far an attempt came.
 */
public final class InputAccount {
  private static final Map<TaskAttemptID, InputAccount> ACCOUNTS = new ConcurrentHashMap<>();

  private final PlannedSplit split;
  private final long[] read;
  private final long[] bad;
  private final long[] passedOver;
  private final long[] badPassedOver;
  private int part = -1;
  private long position;
  private long positionAtPart;
  private long toSkip;
  private boolean lastIsBad;
  private boolean ended;
  private BeforeRecord beforeRecord = () -> {};

  /** For a split that is about to be read. */
  public InputAccount(PlannedSplit split) {
    this.split = split;
    this.read = new long[split.parts().size()];
    this.bad = new long[split.parts().size()];
    this.passedOver = new long[split.parts().size()];
    this.badPassedOver = new long[split.parts().size()];
  }

  public static void begin(TaskAttemptID attempt, InputAccount account) {
    ACCOUNTS.put(attempt, account);
  }

  /**
   * The account of an attempt.
   *
   * @throws IllegalStateException if no {@link HdfsRecordReader} reads for it
   */
  public static InputAccount of(TaskAttemptID attempt) {
    InputAccount account = ACCOUNTS.get(attempt);
    if (account == null) {
      throw new IllegalStateException(attempt + " does not read through HdfsInputFormat");
    }
    return account;
  }

  /** Forgets an attempt that has ended. */
  public static void end(TaskAttemptID attempt) {
    ACCOUNTS.remove(attempt);
  }

  public PlannedSplit split() {
    return split;
  }

  /** Says how many records are done already; before the first one is read. */
  public void skip(long records) {
    toSkip = records;
  }

  /** Something to do before each record that is read, and at the end. */
  @FunctionalInterface
  public interface BeforeRecord {
    void run() throws IOException;
  }

  /** Says what to do before each record is read: all that was written of those before it is in. */
  public void beforeEachRecord(BeforeRecord action) {
    beforeRecord = action;
  }

  void beforeRecord() throws IOException {
    beforeRecord.run();
  }

  /** How many records are passed over at the beginning, because they are done. */
  public long toSkip() {
    return toSkip;
  }

  /** The number of the record that was read last; 0 before the first one. */
  public long position() {
    return position;
  }

  /** Which part of the split that record is in; -1 before the first one. */
  public int part() {
    return part;
  }

  /** Whether that record is bad, so that nobody was given it. */
  public boolean lastIsBad() {
    return lastIsBad;
  }

  /** Whether all of the split has been read. */
  public boolean hasEnded() {
    return ended;
  }

  /** How many records of a part were read, those passed over and the bad ones among them. */
  public long read(int ofPart) {
    return read[ofPart];
  }

  /** How many of them were bad. */
  public long bad(int ofPart) {
    return bad[ofPart];
  }

  /** How many good records of a part were read and not passed over. */
  public long forwarded(int ofPart) {
    return read[ofPart] - passedOver[ofPart] - (bad[ofPart] - badPassedOver[ofPart]);
  }

  /** Where the record that was read last is, for messages. */
  String place() {
    return place(split.parts().get(part), position - positionAtPart);
  }

  private static String place(FilePart in, long number) {
    return in.file().path()
        + ", record "
        + number
        + (in.start() == 0 ? "" : " behind byte " + in.start());
  }

  /** Where a record is that was read before, for messages. */
  public String place(long number) {
    long left = number;
    for (int i = 0; i < read.length; i++) {
      if (left <= read[i]) {
        return place(split.parts().get(i), left);
      }
      left -= read[i];
    }
    return "record " + number;
  }

  void beginPart() {
    part++;
    positionAtPart = position;
  }

  void record() {
    position++;
    lastIsBad = false;
    read[part]++;
    if (position <= toSkip) {
      passedOver[part]++;
    }
  }

  void badRecord() {
    record();
    lastIsBad = true;
    bad[part]++;
    if (position <= toSkip) {
      badPassedOver[part]++;
    }
  }

  void ended() {
    ended = true;
  }
}
