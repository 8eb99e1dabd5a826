package io.kafkahdfs.benchmarks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Lines of 1000 bytes on HDFS to a topic, with each guarantee, beside a bare producer. */
final class ExportComparison {
  private static final int VALUE_BYTES = 1000;
  private static final int FILES = 4;

  private final Servers servers;
  private final Programs programs;
  private int topics;

  ExportComparison(Servers servers, Programs programs) {
    this.servers = servers;
    this.programs = programs;
  }

  /**
   * @param megabytes of values
   * @param progress gets what is being done
   */
  Comparison measure(long megabytes, int rounds, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Writing " + megabytes + " MB of lines");
    long each = Math.max(1, megabytes * 1_000_000 / VALUE_BYTES / FILES);
    long records = each * FILES;
    String input = servers.newOutput();
    for (int file = 0; file < FILES; file++) {
      servers.writeLines(input + "/" + file + ".txt", new Values(VALUE_BYTES).records(each));
    }
    String bare = "bare producer";
    Comparison comparison =
        new Comparison(
            servers.version().number() + ", export", records * VALUE_BYTES, Set.of(bare));
    for (int round = 1; round <= rounds; round++) {
      progress.accept("Round " + round + " of " + rounds);
      Map<String, Cost> costs = new LinkedHashMap<>();
      costs.put(bare, fresh(topic -> programs.send(topic, records, VALUE_BYTES)));
      costs.put(
          "job, at least once",
          fresh(topic -> programs.export(input, topic, "at-least-once", records)));
      costs.put(
          "job, exactly once",
          fresh(topic -> programs.export(input, topic, "exactly-once", records)));
      comparison.add(costs);
    }
    return comparison;
  }

  /** Measures something on a topic of its own, so that no round fills the disk for the next. */
  private Cost fresh(Measurement measurement) throws IOException, InterruptedException {
    String topic = "export-" + ++topics;
    servers.kafkaTools().createTopic(topic, Dataset.PARTITIONS);
    Cost cost = measurement.of(topic);
    servers.kafkaTools().deleteTopic(topic);
    return cost;
  }

  private interface Measurement {
    Cost of(String topic) throws IOException, InterruptedException;
  }
}
