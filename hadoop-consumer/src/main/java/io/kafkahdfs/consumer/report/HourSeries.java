package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.report.ReportData.Hours;
import io.kafkahdfs.consumer.report.ReportData.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Counts records by topic and by equal spans of time, whole hours. */
final class HourSeries {
  private static final long HOUR = 3_600_000;

  /** Lengths of a span, in hours; a week begins on Thursday, as time itself in 1970. */
  private static final int[] WIDTHS = {1, 2, 6, 12, 24, 7 * 24, 28 * 24, 364 * 24};

  private final long from;
  private final int hours;
  private final int buckets;
  private final Map<String, long[]> topics = new TreeMap<>();

  private HourSeries(long from, int hours, int buckets) {
    this.from = from;
    this.hours = hours;
    this.buckets = buckets;
  }

  /** All from a first to a last time, in at most so many spans, unless these would be too long. */
  static HourSeries over(long first, long last, int most) {
    int hours = WIDTHS[WIDTHS.length - 1];
    for (int i = WIDTHS.length - 1; i >= 0 && count(first, last, WIDTHS[i]) <= most; i--) {
      hours = WIDTHS[i];
    }
    long from = Math.floorDiv(first, hours * HOUR) * hours * HOUR;
    return new HourSeries(from, hours, (int) count(first, last, hours));
  }

  /** The hours to a last time. */
  static HourSeries before(long last, int buckets) {
    return new HourSeries((Math.floorDiv(last, HOUR) - buckets + 1) * HOUR, 1, buckets);
  }

  private static long count(long first, long last, int hours) {
    return Math.floorDiv(last, hours * HOUR) - Math.floorDiv(first, hours * HOUR) + 1;
  }

  int hours() {
    return hours;
  }

  /** What lies outside is not counted. */
  void add(String topic, long time, long records) {
    long bucket = Math.floorDiv(time - from, hours * HOUR);
    if (bucket >= 0 && bucket < buckets) {
      topics.computeIfAbsent(topic, ignored -> new long[buckets])[(int) bucket] += records;
    }
  }

  /**
   * @param most topics on their own; the smaller ones are one together
   */
  Hours hours(int most) {
    List<Map.Entry<String, long[]>> bySize = new ArrayList<>(topics.entrySet());
    bySize.removeIf(topic -> sum(topic) == 0);
    bySize.sort(Comparator.comparingLong(HourSeries::sum).reversed());
    int own = bySize.size() <= most + 1 ? bySize.size() : most;
    List<Series> series = new ArrayList<>();
    for (Map.Entry<String, long[]> topic : bySize.subList(0, own)) {
      series.add(new Series(topic.getKey(), 1, LongStream.of(topic.getValue()).boxed().toList()));
    }
    if (own < bySize.size()) {
      long[] others = new long[buckets];
      for (Map.Entry<String, long[]> topic : bySize.subList(own, bySize.size())) {
        for (int i = 0; i < buckets; i++) {
          others[i] += topic.getValue()[i];
        }
      }
      series.add(new Series(null, bySize.size() - own, LongStream.of(others).boxed().toList()));
    }
    return new Hours(from, hours, List.copyOf(series));
  }

  private static long sum(Map.Entry<String, long[]> topic) {
    return LongStream.of(topic.getValue()).sum();
  }
}
