package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What commands cost that have little to do, as whole processes, beside the smallest command of
 * Hadoop's own: most of it is the start of a JVM and of the clients.
 */
final class SmallRuns {
  private static final long RECORDS = 1000;
  private static final int VALUE_BYTES = 1000;
  private static final String ARCHIVE = "KAFKA_HDFS_CLASS_ARCHIVE";
  private static final String SMALLEST = "hadoop fs -ls /";

  private final Servers servers;
  private final Programs programs;

  SmallRuns(Servers servers, Programs programs) {
    this.servers = servers;
    this.programs = programs;
  }

  static Table table() {
    return new Table("Kafka", "command", "process s", "CPU s", "x ls");
  }

  /**
   * @param table gets a row for each command; its last column is the median of each round's own
   *     ratio of CPU seconds
   * @param progress gets what is being done
   */
  void measure(int rounds, Table table, Consumer<String> progress)
      throws IOException, InterruptedException {
    Dataset data = Dataset.fill(servers.kafkaTools(), "small", Codec.NONE, VALUE_BYTES, RECORDS);
    Map<String, String> with = Map.of(ARCHIVE, servers.folder().resolve("classes").toString());
    progress.accept("Having archives of classes made");
    // The first run writes down which classes it loads, and the second makes an archive of them.
    run(data, "", with, new LinkedHashMap<>());
    List<Map<String, Cost>> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      progress.accept("Round " + round + " of " + rounds);
      Map<String, Cost> each = new LinkedHashMap<>();
      each.put(SMALLEST, programs.listRoot());
      run(data, "", Map.of(), each);
      run(data, ", archive", with, each);
      costs.add(each);
    }
    for (String command : costs.get(0).keySet()) {
      table.row(
          servers.version().number(),
          command,
          Medians.text(2, costs, round -> round.get(command).processSeconds()),
          Medians.text(2, costs, round -> round.get(command).cpuSeconds()),
          Medians.text(
              2,
              costs,
              round -> round.get(command).cpuSeconds() / round.get(SMALLEST).cpuSeconds()));
    }
  }

  private void run(
      Dataset data, String how, Map<String, String> environment, Map<String, Cost> costs)
      throws IOException, InterruptedException {
    String output = servers.newOutput();
    List<String> load =
        List.of(
            "--bootstrap-server", servers.broker(), "--topic", data.topic(), "--output", output);
    List<String> plan = new ArrayList<>(List.of("plan"));
    plan.addAll(load);
    costs.put("load of " + RECORDS + " records" + how, programs.small(load, environment));
    costs.put("load that finds nothing new" + how, programs.small(load, environment));
    costs.put("plan" + how, programs.small(plan, environment));
    costs.put("--version" + how, programs.small(List.of("--version"), environment));
    servers.remove(output);
  }
}
