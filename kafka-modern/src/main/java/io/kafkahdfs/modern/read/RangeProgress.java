package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far a range was fetched, and what was fetched of it and not handed on yet. */
final class RangeProgress {
  private final OffsetRange range;
  private final TopicPartition id;
  private final Queue<Polled> waiting = new ArrayDeque<>();
  private long position;

  /** What a poll brought of the range, and the position behind it. */
  private record Polled(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long nextOffset) {}

  RangeProgress(OffsetRange range) {
    this.range = range;
    this.id = KafkaId.of(range.partition());
    this.position = range.from();
  }

  TopicPartition id() {
    return id;
  }

  PartitionId partition() {
    return range.partition();
  }

  /** Where to fetch next; the range's {@code until} when all is fetched. */
  long position() {
    return position;
  }

  long until() {
    return range.until();
  }

  boolean isFetched() {
    return position == range.until();
  }

  /** Whether something waits to be handed on. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * Takes what a poll brought.
   *
   * @param records of the partition, maybe none
   * @param behind where the client would continue: control records and what is hidden in a
   *     transaction move it, too
   */
  void take(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long behind) {
    long next = behind;
    if (!records.isEmpty()) {
      next = Math.max(next, records.get(records.size() - 1).offset() + 1);
    }
    next = Math.min(next, range.until());
    if (next > position) {
      waiting.add(new Polled(records, next));
      position = next;
    }
  }

  /**
   * The next batch that waits to be handed on; null if there is none.
   *
   * @throws LoaderException if a record is larger than the settings allow
   */
  RecordBatch nextBatch(int maxFetchBytes) throws LoaderException {
    Polled polled = waiting.poll();
    if (polled == null) {
      return null;
    }
    int count = 0;
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : polled.records) {
      if (record.offset() >= polled.nextOffset) {
        break;
      }
      int size =
          Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      if (size > maxFetchBytes) {
        throw tooLarge(record.offset(), size, maxFetchBytes);
      }
      count++;
    }
    return new ConsumerBatch(
        range.partition(), polled.records.subList(0, count), polled.nextOffset);
  }

  private LoaderException tooLarge(long offset, int size, int maxFetchBytes) {
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        "The record at offset "
            + offset
            + " of "
            + range.partition()
            + " has "
            + size
            + " bytes: raise load.max.fetch.bytes (--max-fetch-bytes), now "
            + maxFetchBytes);
  }

  /** Begins anew. Nothing of the range may have been handed on. */
  void forget() {
    waiting.clear();
    position = range.from();
  }

  /** What cannot be read from the position on, up to an offset behind it. */
  OffsetRange unreadable(long end) {
    return new OffsetRange(range.partition(), position, Math.min(end, range.until()));
  }

  /** For messages. */
  String place() {
    return range.partition() + " at offset " + position;
  }
}
