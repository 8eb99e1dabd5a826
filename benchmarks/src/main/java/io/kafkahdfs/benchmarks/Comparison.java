package io.kafkahdfs.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The rounds of one data set, and what they come to. */
final class Comparison {
  private final Dataset data;
  private final List<Round> rounds = new ArrayList<>();

  Comparison(Dataset data) {
    this.data = data;
  }

  /** One after the other, at nearly the same time: only these can be compared. */
  record Round(Cost read, Cost write, Cost text, Cost avro, Cost snappy) {
    private double slowerBare() {
      return Math.max(read.seconds(), write.seconds());
    }
  }

  /**
   * A line of the result.
   *
   * @param ratio of the seconds to those of the slower of the bare ones; null for these
   */
  record Row(
      int valueBytes,
      String what,
      double seconds,
      double megabytesPerSecond,
      double processSeconds,
      double cpuSecondsPerGigabyte,
      Double ratio) {
    private static final String HEAD = "value|what|seconds|MB/s|process s|CPU s/GB|x bare";

    static String[] headings() {
      return HEAD.split("\\|");
    }

    Object[] cells() {
      return new Object[] {
        valueBytes + " B",
        what,
        number(2, seconds),
        number(0, megabytesPerSecond),
        number(2, processSeconds),
        number(1, cpuSecondsPerGigabyte),
        ratio == null ? "" : number(2, ratio)
      };
    }

    private static String number(int digits, double number) {
      return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
  }

  void add(Round round) {
    rounds.add(round);
  }

  /** The medians of all rounds; the ratios are medians of each round's own. */
  List<Row> rows() {
    return List.of(
        row("bare Kafka read", Round::read, false),
        row("bare HDFS write", Round::write, false),
        row("job, text", Round::text, true),
        row("job, avro", Round::avro, true),
        row("job, avro snappy", Round::snappy, true));
  }

  private Row row(String what, java.util.function.Function<Round, Cost> cost, boolean compared) {
    double seconds = median(round -> cost.apply(round).seconds());
    double gigabytes = data.bytes() / 1e9;
    return new Row(
        data.valueBytes(),
        what,
        seconds,
        data.bytes() / 1e6 / seconds,
        median(round -> cost.apply(round).processSeconds()),
        median(round -> cost.apply(round).cpuSeconds()) / gigabytes,
        compared ? median(round -> cost.apply(round).seconds() / round.slowerBare()) : null);
  }

  private double median(ToDoubleFunction<Round> of) {
    double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
