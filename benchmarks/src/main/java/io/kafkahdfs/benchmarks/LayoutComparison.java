package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.kafka.Codec;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What layouts by time cost beside the default one, in loads of the same records. */
final class LayoutComparison {
  private static final int VALUE_BYTES = 1000;

  private final Servers servers;
  private final Programs programs;

  LayoutComparison(Servers servers, Programs programs) {
    this.servers = servers;
    this.programs = programs;
  }

  /**
   * A day's records in their order, as a topic has them, and such of 30 days in no order at all.
   *
   * @param megabytes of values, for each of the two
   * @param progress gets what is being done
   */
  List<Comparison> measure(long megabytes, int rounds, Consumer<String> progress)
      throws IOException, InterruptedException {
    long records = megabytes * 1_000_000 / VALUE_BYTES;
    progress.accept("Sending " + megabytes + " MB for each layout");
    Dataset day = fill("day", Times.inOrder(Duration.ofDays(1)), records);
    Dataset month = fill("month", Times.inAnyOrder(Duration.ofDays(30)), records);
    return List.of(
        compare("a day in order", day, List.of("hourly"), rounds, progress),
        compare("30 days in no order", month, List.of("daily"), rounds, progress));
  }

  private Dataset fill(String topic, Times times, long records) throws IOException {
    return Dataset.fill(servers.kafkaTools(), topic, Codec.NONE, VALUE_BYTES, records, times);
  }

  private Comparison compare(
      String work, Dataset data, List<String> layouts, int rounds, Consumer<String> progress)
      throws IOException, InterruptedException {
    Comparison comparison =
        new Comparison(
            data.work(servers.version()) + ", " + work, data.bytes(), Set.of("avro, topic"));
    for (int round = 1; round <= rounds; round++) {
      progress.accept(work + ": round " + round + " of " + rounds);
      Map<String, Cost> costs = new LinkedHashMap<>();
      costs.put("avro, topic", load(data, "avro", "topic"));
      for (String layout : layouts) {
        costs.put("avro, " + layout, load(data, "avro", layout));
      }
      comparison.add(costs);
    }
    return comparison;
  }

  private Cost load(Dataset data, String format, String layout)
      throws IOException, InterruptedException {
    return programs.load(
        data, List.of("--format", format, "--codec", "none", "--layout", layout), Map.of());
  }
}
