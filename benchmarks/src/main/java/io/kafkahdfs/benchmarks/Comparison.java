package io.kafkahdfs.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The rounds of one piece of work done by several programs, and what they come to. */
final class Comparison {
  private final String work;
  private final long bytes;
  private final Set<String> bare;
  private final List<Map<String, Cost>> rounds = new ArrayList<>();

  /**
   * @param work what is done, for the table
   * @param bytes how many bytes of values it is
   * @param bare the programs that the others are held against
   */
  Comparison(String work, long bytes, Set<String> bare) {
    this.work = work;
    this.bytes = bytes;
    this.bare = Set.copyOf(bare);
  }

  /**
   * A line of the result.
   *
   * @param ratio of the seconds to those of the slowest of the bare ones; null for these
   */
  record Row(
      String work,
      String what,
      double seconds,
      double megabytesPerSecond,
      double processSeconds,
      double cpuSecondsPerGigabyte,
      double serverSecondsPerGigabyte,
      Double ratio) {
    private static final String HEAD =
        "work|what|seconds|MB/s|process s|CPU s/GB|servers CPU s/GB|x bare";

    static String[] headings() {
      return HEAD.split("\\|");
    }

    Object[] cells() {
      return new Object[] {
        work,
        what,
        number(2, seconds),
        number(0, megabytesPerSecond),
        number(2, processSeconds),
        number(1, cpuSecondsPerGigabyte),
        number(1, serverSecondsPerGigabyte),
        ratio == null ? "" : number(2, ratio)
      };
    }

    private static String number(int digits, double number) {
      return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
  }

  /**
   * Adds what the programs cost that ran one after the other, at nearly the same time: only these
   * can be compared.
   *
   * @param round costs by program; each round has the same programs
   */
  void add(Map<String, Cost> round) {
    rounds.add(round);
  }

  /** The medians of all rounds; the ratios are medians of each round's own. */
  List<Row> rows() {
    Set<String> programs = new LinkedHashSet<>();
    rounds.forEach(round -> programs.addAll(round.keySet()));
    return programs.stream().map(this::row).toList();
  }

  private Row row(String program) {
    double seconds = median(round -> round.get(program).seconds());
    double gigabytes = bytes / 1e9;
    return new Row(
        work,
        program,
        seconds,
        bytes / 1e6 / seconds,
        median(round -> round.get(program).processSeconds()),
        median(round -> round.get(program).cpuSeconds()) / gigabytes,
        median(round -> round.get(program).serverSeconds()) / gigabytes,
        bare.contains(program)
            ? null
            : median(round -> round.get(program).seconds() / slowestBare(round)));
  }

  private double slowestBare(Map<String, Cost> round) {
    return bare.stream().mapToDouble(program -> round.get(program).seconds()).max().orElseThrow();
  }

  private double median(ToDoubleFunction<Map<String, Cost>> of) {
    return Medians.of(rounds, of);
  }
}
