package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Loads a topic of many small partitions: what a partition costs, and not what a record does. */
final class ManyPartitions {
  private static final int RECORDS = 100;
  private static final int VALUE_BYTES = 1000;
  private static final String TOPIC = "many-partitions";

  private final Servers servers;
  private final Programs programs;
  private final int partitions;

  ManyPartitions(Servers servers, Programs programs, int partitions) {
    this.servers = servers;
    this.programs = programs;
    this.partitions = partitions;
  }

  static Table table() {
    return new Table(
        "Kafka", "partitions", "records each", "seconds", "process s", "CPU s", "servers CPU s");
  }

  /**
   * @param table gets a row
   * @param progress gets what is being done
   */
  void measure(int rounds, Table table, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Filling " + partitions + " partitions");
    Dataset data = fill();
    List<Cost> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      progress.accept("Round " + round + " of " + rounds);
      costs.add(programs.load(data, List.of("--format", "text"), Map.of()));
    }
    table.row(
        servers.version().number(),
        partitions,
        RECORDS,
        median(costs, Cost::seconds),
        median(costs, Cost::processSeconds),
        median(costs, Cost::cpuSeconds),
        median(costs, Cost::serverSeconds));
  }

  private Dataset fill() throws IOException {
    KafkaTools tools = servers.kafkaTools();
    tools.createTopic(TOPIC, partitions);
    Values values = new Values(VALUE_BYTES);
    for (int partition = 0; partition < partitions; partition++) {
      tools.send(new PartitionId(TOPIC, partition), Codec.NONE, values.records(RECORDS));
    }
    return new Dataset(TOPIC, Codec.NONE, VALUE_BYTES, (long) partitions * RECORDS);
  }

  private static String median(List<Cost> costs, ToDoubleFunction<Cost> of) {
    double[] sorted = costs.stream().mapToDouble(of).sorted().toArray();
    return String.format(Locale.ROOT, "%.1f", sorted[sorted.length / 2]);
  }
}
