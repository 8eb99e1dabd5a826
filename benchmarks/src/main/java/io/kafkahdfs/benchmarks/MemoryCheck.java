package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the job, driver and tasks in one process, in a heap of 512 MB. Fails if it does not do. */
final class MemoryCheck {
  private static final Map<String, String> HEAP = Map.of("HADOOP_HEAPSIZE_MAX", "512");
  private static final int LARGE_BYTES = 10_000_000;
  private static final int SMALL_BYTES = 100;
  private static final int SMALL_A_LARGE = 50_000;
  private static final int LANES = 200;
  private static final int LANE_BYTES = 1000;

  private final KafkaTools tools;
  private final Programs programs;

  MemoryCheck(KafkaTools tools, Programs programs) {
    this.tools = tools;
    this.programs = programs;
  }

  /**
   * @param megabytes of large messages; there are 50,000 small ones for each of them
   * @param progress gets what is being done
   */
  void run(long megabytes, Consumer<String> progress) throws IOException, InterruptedException {
    long large = Math.max(Dataset.PARTITIONS, megabytes * 1_000_000 / LARGE_BYTES);
    Table table = new Table("records", "bytes each", "codec", "format", "seconds", "memory MB");
    for (Codec codec : List.of(Codec.NONE, Codec.GZIP)) {
      load(table, progress, "large-", codec, LARGE_BYTES, large);
    }
    load(table, progress, "small-", Codec.NONE, SMALL_BYTES, large * SMALL_A_LARGE);
    lanes(table, progress, large * LARGE_BYTES / LANE_BYTES);
    System.out.print(table);
  }

  /** Each record belongs into another of 200 files than the one before, and all are open. */
  private void lanes(Table table, Consumer<String> progress, long records)
      throws IOException, InterruptedException {
    progress.accept(records + " records of " + LANE_BYTES + " bytes for " + LANES + " files");
    Dataset data =
        Dataset.fill(
            tools,
            "lanes",
            Codec.NONE,
            LANE_BYTES,
            records,
            Times.inAnyOrder(Duration.ofHours(LANES - 1)));
    for (String format : List.of("avro", "json", "text", "sequence", "parquet", "orc")) {
      List<String> options = new ArrayList<>(List.of("--format", format, "--layout", "hourly"));
      // Files that partitions share stay open to the end.
      options.addAll(List.of("--file-per", "topic", "--open-files", String.valueOf(LANES)));
      load(table, data, format + ", hourly", options);
    }
  }

  private void load(
      Table table, Consumer<String> progress, String name, Codec codec, int bytes, long records)
      throws IOException, InterruptedException {
    String kind = codec.name().toLowerCase(Locale.ROOT);
    progress.accept(records + " records of " + bytes + " bytes, " + kind);
    Dataset data = Dataset.fill(tools, name + kind, codec, bytes, records);
    for (String format : List.of("text", "avro", "sequence", "parquet", "orc")) {
      load(table, data, format, List.of("--format", format));
    }
  }

  private void load(Table table, Dataset data, String what, List<String> options)
      throws IOException, InterruptedException {
    Cost cost = programs.load(data, options, HEAP);
    table.row(
        data.records(),
        data.valueBytes(),
        data.codec().name().toLowerCase(Locale.ROOT),
        what,
        "%.1f".formatted(cost.seconds()),
        "%.0f".formatted(cost.peakMegabytes()));
  }
}
