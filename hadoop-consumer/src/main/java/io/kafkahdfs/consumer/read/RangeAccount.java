package io.kafkahdfs.consumer.read;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;

/**
 * What became of every offset of a range as it was read. Counted while reading, from what was seen;
 * nothing in it is computed as a remainder, so that a sum can fail to add up.
 */
public final class RangeAccount {
  private final OffsetRange range;
  private final boolean continued;
  private long position;
  private long read;
  private long bad;
  private long invisible;
  private long lost;
  private long bytes;

  /** The last record as it was read, since a mapper may change the one that it is handed. */
  private KafkaRecord last = new KafkaRecord();

  private RecordFingerprint fingerprint;

  /**
   * @param continued see {@link #isContinued}
   */
  RangeAccount(OffsetRange range, boolean continued) {
    this.range = range;
    this.continued = continued;
    this.position = range.from();
  }

  /** The range as it was planned. */
  public OffsetRange range() {
    return range;
  }

  /** Whether another task reads of the same partition what lies before the range. */
  public boolean isContinued() {
    return continued;
  }

  /** The first offset that was not dealt with; the range's {@code until} when all were. */
  public long position() {
    return position;
  }

  /** How many records were handed to the mapper. */
  public long read() {
    return read;
  }

  /**
   * What became of the offsets up to {@link #position}.
   *
   * @param written how many of the records read are in files
   * @param refused how many of them are bad; those that are neither were filtered
   */
  public OffsetTally tally(long written, long refused) {
    return new OffsetTally(written, read - written - refused, bad + refused, invisible, lost);
  }

  /** Bytes of the keys and values of the records read. */
  public long bytes() {
    return bytes;
  }

  /**
   * The fingerprint of the last record that was handed to the mapper; null if none was. To be asked
   * when all is read.
   */
  public RecordFingerprint last() {
    if (last != null && read > 0) {
      fingerprint = RecordFingerprint.of(last);
      // A task may read many ranges: their fetches need not stay in memory.
      last = null;
    }
    return fingerprint;
  }

  /** A record was read. All offsets between the last one and it have no record. */
  void record(KafkaRecord record) throws LoaderException {
    long offset = record.offset();
    if (offset < position
        || offset >= range.until()
        || !record.partition().equals(range.partition())) {
      throw misplaced(record.partition() + "@" + offset);
    }
    invisible += offset - position;
    read++;
    bytes += record.key().length() + record.value().length();
    last.showSameAs(record);
    position = offset + 1;
  }

  /** A batch ended: the offsets up to its end have no record. */
  void endOfBatch(long nextOffset) throws LoaderException {
    invisible += checkForward(nextOffset) - position;
    position = nextOffset;
  }

  void lost(OffsetRange removed) throws LoaderException {
    lost += advance(removed);
  }

  void bad(OffsetRange damaged) throws LoaderException {
    bad += advance(damaged);
  }

  private long advance(OffsetRange gap) throws LoaderException {
    // What lies between the position and the gap was passed by without a record.
    endOfBatch(gap.from());
    position = checkForward(gap.until());
    return gap.size();
  }

  private long checkForward(long offset) throws LoaderException {
    if (offset < position || offset > range.until()) {
      throw misplaced("A batch or gap that reaches to " + range.partition() + "@" + offset);
    }
    return offset;
  }

  private LoaderException misplaced(String what) {
    return new LoaderException(
        ExitCode.FAILURE,
        what
            + " came when "
            + position
            + " was the next one to read of "
            + range
            + ". Counting on would make a wrong commit, so nothing of it is landed. Run the same"
            + " command again; if it ends like this again, look at the brokers' logs of this"
            + " partition, and report it.");
  }

  @Override
  public String toString() {
    return "offset " + position + " of " + range;
  }
}
