package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Loads many small partitions, and the same records from few: what a partition costs, and a file,
 * and not what a record does.
 */
final class ManyPartitions {
  private static final int RECORDS = 20;
  private static final int VALUE_BYTES = 1000;
  private static final String FEW = Dataset.PARTITIONS + " partitions";

  private final Servers servers;
  private final Programs programs;
  private final int partitions;

  ManyPartitions(Servers servers, Programs programs, int partitions) {
    this.servers = servers;
    this.programs = programs;
    this.partitions = partitions;
  }

  static Table table() {
    return new Table("Kafka", "load of", "seconds", "process s", "CPU s", "servers CPU s", "x few");
  }

  /**
   * @param table gets a row for each load; its last column is the median of each round's own ratio
   *     of process seconds
   * @param progress gets what is being done
   */
  void measure(int rounds, Table table, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Filling " + partitions + " partitions");
    Dataset many = fill("many-partitions", partitions, RECORDS);
    Dataset few = fill("few-partitions", Dataset.PARTITIONS, many.records() / Dataset.PARTITIONS);
    List<Map<String, Cost>> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      progress.accept("Round " + round + " of " + rounds);
      Map<String, Cost> each = new LinkedHashMap<>();
      each.put(FEW, load(few, "partition"));
      each.put(partitions + " partitions, a file for all", load(many, "topic"));
      each.put(partitions + " partitions, a file for each", load(many, "partition"));
      costs.add(each);
    }
    for (String load : costs.get(0).keySet()) {
      table.row(
          servers.version().number(),
          load,
          Medians.text(1, costs, round -> round.get(load).seconds()),
          Medians.text(1, costs, round -> round.get(load).processSeconds()),
          Medians.text(1, costs, round -> round.get(load).cpuSeconds()),
          Medians.text(1, costs, round -> round.get(load).serverSeconds()),
          Medians.text(
              1,
              costs,
              round -> round.get(load).processSeconds() / round.get(FEW).processSeconds()));
    }
  }

  private Cost load(Dataset data, String filePer) throws IOException, InterruptedException {
    return programs.load(data, List.of("--format", "text", "--file-per", filePer), Map.of());
  }

  private Dataset fill(String topic, int partitions, long records) throws IOException {
    KafkaTools tools = servers.kafkaTools();
    tools.createTopic(topic, partitions);
    Values values = new Values(VALUE_BYTES);
    for (int partition = 0; partition < partitions; partition++) {
      tools.send(new PartitionId(topic, partition), Codec.NONE, values.records(records));
    }
    return new Dataset(topic, Codec.NONE, VALUE_BYTES, partitions * records);
  }
}
