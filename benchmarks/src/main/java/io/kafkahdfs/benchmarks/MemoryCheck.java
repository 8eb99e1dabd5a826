package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;
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
    System.out.print(table);
  }

  private void load(
      Table table, Consumer<String> progress, String name, Codec codec, int bytes, long records)
      throws IOException, InterruptedException {
    String kind = codec.name().toLowerCase(Locale.ROOT);
    progress.accept(records + " records of " + bytes + " bytes, " + kind);
    Dataset data = Dataset.fill(tools, name + kind, codec, bytes, records);
    for (String format : List.of("text", "avro", "sequence")) {
      Cost cost = programs.load(data, List.of("--format", format), HEAP);
      table.row(
          data.records(),
          bytes,
          kind,
          format,
          "%.1f".formatted(cost.seconds()),
          "%.0f".formatted(cost.peakMegabytes()));
    }
  }
}
