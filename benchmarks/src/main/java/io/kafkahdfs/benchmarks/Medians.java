package io.kafkahdfs.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians over the rounds of a measurement. */
final class Medians {
  private Medians() {}

  static double of(List<Map<String, Cost>> rounds, ToDoubleFunction<Map<String, Cost>> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * @param digits behind the point
   */
  static String text(
      int digits, List<Map<String, Cost>> rounds, ToDoubleFunction<Map<String, Cost>> figure) {
    return String.format(Locale.ROOT, "%." + digits + "f", of(rounds, figure));
  }
}
