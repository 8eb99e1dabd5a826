package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.registry.StubRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What it costs to make columns of values, beside landing them as they are. */
final class TypedComparison {
  private static final String READ = "bare Kafka read";
  private static final String WRITE = "bare HDFS write";

  private final Servers servers;
  private final Programs programs;

  TypedComparison(Servers servers, Programs programs) {
    this.servers = servers;
    this.programs = programs;
  }

  /**
   * @param megabytes of values
   * @param progress gets what is being done
   */
  Comparison measure(long megabytes, int rounds, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (StubRegistry registry = StubRegistry.start()) {
      registry
          .answer("GET /subjects", StubRegistry.Answer.json(200, "[]"))
          .schema(Visits.SCHEMA_ID, Visits.schema().toString());
      progress.accept("Sending " + megabytes + " MB of Avro");
      Dataset data =
          Dataset.fill(
              servers.kafkaTools(), "visits", Codec.NONE, new Visits(), megabytes * 1_000_000);
      Comparison comparison =
          new Comparison(
              data.work(servers.version()) + " of Avro", data.bytes(), Set.of(READ, WRITE));
      for (int round = 1; round <= rounds; round++) {
        progress.accept("Round " + round + " of " + rounds);
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put(READ, programs.read(data, 1));
        costs.put(WRITE, programs.write(data));
        for (Job job : jobs(registry.url())) {
          costs.put("job, " + job.name(), programs.load(data, job.options(), Map.of()));
        }
        comparison.add(costs);
      }
      return comparison;
    }
  }

  private static List<Job> jobs(String registry) {
    List<Job> jobs = new ArrayList<>(List.of(Job.of("avro", "none"), Job.of("parquet", "snappy")));
    List<Job> files =
        List.of(
            Job.of("avro", "none"),
            Job.of("avro", "snappy"),
            Job.of("parquet", "none"),
            Job.of("parquet", "snappy"),
            Job.of("parquet", "zstandard"),
            Job.of("orc", "zstandard"));
    for (Job job : files) {
      List<String> options = new ArrayList<>(job.options());
      options.addAll(List.of("--values", "avro", "--schema-registry", registry));
      jobs.add(new Job("typed " + job.name(), options));
    }
    return jobs;
  }
}
