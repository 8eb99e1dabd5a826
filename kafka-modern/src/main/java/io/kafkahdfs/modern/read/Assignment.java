package io.kafkahdfs.modern.read;

import io.kafkahdfs.offset.OffsetRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer is to fetch: the range whose turn it is, and what comes first of some ranges
 * behind it, so that small ones come many with each answer. Those that brought something are paused
 * until their turn, which bounds what waits in memory.
 *
 * <p>More partitions are assigned than are fetched, for the client asks who leads them when they
 * are, and not more often than each tenth of a second. Those that are read are not assigned any
 * longer: the client has fetched beyond the end of the range, and only so it drops that.
 */
final class Assignment {
  /** Each poll walks all that are assigned. */
  private static final int MOST_ASSIGNED = 200;

  private final Consumer<?, ?> consumer;
  private final int ahead;
  private final Deque<RangeProgress> assigned = new ArrayDeque<>();
  private final Deque<RangeProgress> later = new ArrayDeque<>();
  private boolean alone;

  /**
   * Begins with the first range.
   *
   * @param ahead of how many ranges something may be fetched before their turn
   */
  Assignment(Consumer<?, ?> consumer, List<OffsetRange> ranges, int ahead) {
    this.consumer = consumer;
    this.ahead = ahead;
    ranges.stream()
        .filter(range -> !range.isEmpty())
        .forEach(range -> later.add(new RangeProgress(range)));
    assign();
  }

  /** The range whose turn it is; null when all are fetched. */
  RangeProgress current() {
    return assigned.peek();
  }

  /** Turns to the next range. */
  void next() {
    assigned.remove();
    assign();
  }

  private void assign() {
    int most = alone ? 1 : MOST_ASSIGNED;
    Set<TopicPartition> ids = new HashSet<>();
    assigned.forEach(range -> ids.add(range.id()));
    List<RangeProgress> added = new ArrayList<>();
    if (assigned.size() <= most / 2) {
      // A partition cannot be assigned for two of its ranges at once.
      while (assigned.size() < most && !later.isEmpty() && ids.add(later.element().id())) {
        added.add(later.element());
        assigned.add(later.remove());
      }
    }
    consumer.assign(ids);
    for (RangeProgress range : added) {
      consumer.seek(range.id(), range.position());
      consumer.pause(List.of(range.id()));
    }
    fetched().stream()
        .filter(range -> range == current() || !range.isWaiting())
        .forEach(range -> consumer.resume(List.of(range.id())));
  }

  /** Those that are fetched now. */
  List<RangeProgress> fetched() {
    return assigned.stream().limit(1L + ahead).toList();
  }

  /** Fetches no more of a range before its turn. */
  void pause(RangeProgress range) {
    consumer.pause(List.of(range.id()));
  }

  /** Whether only the current range is fetched, so that whatever fails is its failure. */
  boolean isAlone() {
    return assigned.size() == 1;
  }

  /**
   * From now on fetches nothing but the current range: something has failed, and the client does
   * not say which partition it is of.
   */
  void goOnAlone() {
    alone = true;
    while (assigned.size() > 1) {
      RangeProgress range = assigned.removeLast();
      range.forget();
      later.addFirst(range);
    }
    consumer.assign(List.of(current().id()));
    consumer.seek(current().id(), current().position());
  }
}
