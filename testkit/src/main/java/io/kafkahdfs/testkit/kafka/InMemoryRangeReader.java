package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads ranges of {@link InMemoryLog}s, in batches of the size that the settings ask for. */
final class InMemoryRangeReader implements RangeReader {
  private final Logs logs;
  private final Iterator<OffsetRange> later;
  private final ReadSettings settings;
  private final boolean committed;
  private OffsetRange range;
  private long position;

  /** Where partitions are; asked when they are read. */
  @FunctionalInterface
  interface Logs {
    InMemoryLog of(PartitionId partition) throws LoaderException;
  }

  /**
   * @param committed whether what is not committed is hidden
   */
  InMemoryRangeReader(
      Logs logs, List<OffsetRange> ranges, ReadSettings settings, boolean committed) {
    this.logs = logs;
    this.later = List.copyOf(ranges).iterator();
    this.settings = settings;
    this.committed = committed;
    beginWith(later.next());
  }

  private void beginWith(OffsetRange next) {
    range = next;
    position = next.from();
  }

  @Override
  public boolean nextRange() {
    if (position != range.until()) {
      throw new IllegalStateException(range + " is read up to " + position + " only");
    }
    if (!later.hasNext()) {
      return false;
    }
    beginWith(later.next());
    return true;
  }

  static long bytes(TestRecord record) {
    return length(record.key()) + length(record.value());
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  @Override
  public RecordBatch next() throws LoaderException {
    if (position == range.until()) {
      return null;
    }
    InMemoryLog log = logs.of(range.partition());
    OffsetRange available = log.available();
    if (available.from() > position) {
      throw new OffsetsRemovedException(
          new OffsetRange(range.partition(), position, Math.min(available.from(), range.until())));
    }
    long end = committed ? available.until() : log.end();
    if (end < range.until()) {
      throw new LoaderException(
          ExitCode.FAILURE, range + " reaches beyond the partition's end, " + end);
    }
    NavigableMap<Long, InMemoryLog.Entry> found =
        log.entries(position, range.until(), settings.fetchBytes(), committed);
    for (Map.Entry<Long, InMemoryLog.Entry> entry : found.entrySet()) {
      long offset = entry.getKey();
      if (entry.getValue().damaged()) {
        if (offset == position) {
          throw new DamagedRecordException(
              new OffsetRange(range.partition(), offset, offset + 1), "a wrong checksum", null);
        }
        // What comes before it is delivered first.
        return batch(log, found.headMap(offset, false), offset);
      }
      long bytes = bytes(entry.getValue().record());
      if (bytes > settings.maxFetchBytes()) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "The record at offset "
                + offset
                + " of "
                + range.partition()
                + " has "
                + bytes
                + " bytes: raise load.max.fetch.bytes (--max-fetch-bytes), now "
                + settings.maxFetchBytes());
      }
    }
    boolean last =
        found.isEmpty() || log.entries(found.lastKey() + 1, range.until(), 0, committed).isEmpty();
    return batch(log, found, last ? range.until() : found.lastKey() + 1);
  }

  private RecordBatch batch(
      InMemoryLog log, NavigableMap<Long, InMemoryLog.Entry> entries, long nextOffset) {
    position = nextOffset;
    return new Batch(log, new TreeMap<>(entries), nextOffset);
  }

  @Override
  public void close() {
    // It holds nothing.
  }

  private static final class Batch implements RecordBatch {
    private final InMemoryLog log;
    private final long nextOffset;
    private final Iterator<Map.Entry<Long, InMemoryLog.Entry>> entries;

    Batch(InMemoryLog log, NavigableMap<Long, InMemoryLog.Entry> entries, long nextOffset) {
      this.log = log;
      this.nextOffset = nextOffset;
      this.entries = entries.entrySet().iterator();
    }

    @Override
    public boolean next(KafkaRecord into) {
      if (!entries.hasNext()) {
        return false;
      }
      Map.Entry<Long, InMemoryLog.Entry> entry = entries.next();
      log.show(entry.getKey(), entry.getValue(), into);
      return true;
    }

    @Override
    public long nextOffset() {
      return nextOffset;
    }
  }
}
