package io.kafkahdfs.consumer.repair;

import io.kafkahdfs.offset.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ranges of offsets of one partition. */
final class Ranges {
  private Ranges() {}

  /** The same offsets in as few ranges as there can be, in their order. */
  static List<OffsetRange> united(List<OffsetRange> ranges) {
    List<OffsetRange> united = new ArrayList<>();
    ranges.stream()
        .sorted(Comparator.comparingLong(OffsetRange::from))
        .forEach(
            range -> {
              OffsetRange last = united.isEmpty() ? null : united.get(united.size() - 1);
              if (last == null || range.from() > last.until()) {
                united.add(range);
              } else {
                united.set(united.size() - 1, hull(last, range));
              }
            });
    return united;
  }

  /**
   * At most so many ranges that hold them all, and as few offsets beside as there can be.
   *
   * @param united as {@link #united} gives them
   */
  static List<OffsetRange> atMost(int most, List<OffsetRange> united) {
    List<Integer> widest =
        IntStream.range(1, united.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> united.get(i - 1).until() - united.get(i).from()))
            .limit(most - 1L)
            .toList();
    List<OffsetRange> held = new ArrayList<>();
    for (int i = 0; i < united.size(); i++) {
      if (held.isEmpty() || widest.contains(i)) {
        held.add(united.get(i));
      } else {
        held.set(held.size() - 1, hull(held.get(held.size() - 1), united.get(i)));
      }
    }
    return held;
  }

  private static OffsetRange hull(OffsetRange one, OffsetRange other) {
    return new OffsetRange(
        one.partition(), Math.min(one.from(), other.from()), Math.max(one.until(), other.until()));
  }
}
