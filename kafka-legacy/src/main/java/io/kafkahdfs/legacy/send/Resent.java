package io.kafkahdfs.legacy.send;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How many records a producer of Kafka 0.9 has sent again. It tells only how many a second, on
 * average; over a window without end, which {@link ProducerProperties} makes, that gives the sum.
 */
final class Resent {
  private final Metric rate;
  private final long beganMillis;

  /**
   * Begins to count.
   *
   * @param metrics the producer's
   */
  Resent(Map<MetricName, ? extends Metric> metrics) {
    rate =
        metrics.entrySet().stream()
            .filter(metric -> metric.getKey().group().equals("producer-metrics"))
            .filter(metric -> metric.getKey().name().equals("record-retry-rate"))
            .map(Map.Entry::getValue)
            .findAny()
            .orElseThrow();
    // Not later than the window, which begins when the metric is first asked for: the sum may
    // become a little too large, but not too small.
    beganMillis = System.currentTimeMillis();
    rate.value();
  }

  /** At least as many as were sent again. */
  long records() {
    double perSecond = rate.value();
    return perSecond > 0
        ? (long) Math.ceil(perSecond * (System.currentTimeMillis() - beganMillis) / 1000)
        : 0;
  }
}
