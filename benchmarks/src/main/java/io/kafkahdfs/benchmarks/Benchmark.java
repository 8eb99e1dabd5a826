package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/benchmark}: how long the job takes, and how much of the processor, beside programs
 * that only read from Kafka or only write to HDFS.
 */
@Command(
    name = "benchmark",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures the job against a bare Kafka reader and a bare HDFS writer, in turns, on a Kafka"
          + " 0.9 broker and an HDFS of its own.",
      ""
    })
public final class Benchmark implements Callable<Integer> {
  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How much data to read, in MB of values. Default: 1000.")
  private long megabytes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often everything is measured; the medians count. Default: 3.")
  private int rounds;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,200",
      description = "The sizes of values. Default: 1000,200.")
  private List<Integer> valueBytes;

  @Option(names = "--markdown", description = "Print the table as docs/performance.md has it.")
  private boolean markdown;

  @Option(
      names = "--memory",
      description =
          "Do not measure time: see whether the job manages messages of 10 MB, and millions of"
              + " small ones, in a heap of 512 MB.")
  private boolean memory;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  private final Path home;
  private final Path jar;
  private final Path log;

  private Benchmark(Path home, Path jar, Path log) {
    this.home = home;
    this.jar = jar;
    this.log = log;
  }

  /** Run by {@code bin/benchmark}, which says where the checkout, the jar and the log are. */
  public static void main(String[] arguments) {
    Benchmark benchmark =
        new Benchmark(
            Path.of(System.getProperty("benchmark.home")),
            Path.of(System.getProperty("benchmark.jar")),
            Path.of(System.getProperty("benchmark.log")));
    System.exit(new CommandLine(benchmark).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Servers servers = Servers.start(log);
    Programs programs = new Programs(home, jar, servers);
    if (memory) {
      new MemoryCheck(servers.kafkaTools(), programs).run(megabytes, this::report);
      return 0;
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (int bytes : valueBytes) {
      report("Sending " + megabytes + " MB of values of " + bytes + " bytes");
      comparisons.add(
          measure(
              programs,
              Dataset.fill(
                  servers.kafkaTools(),
                  "values-" + bytes,
                  Codec.NONE,
                  bytes,
                  megabytes * 1_000_000 / bytes)));
    }
    List<Comparison.Row> rows = comparisons.stream().flatMap(c -> c.rows().stream()).toList();
    System.out.print(markdown ? markdown(rows) : table(rows));
    return 0;
  }

  private Comparison measure(Programs programs, Dataset data)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(data);
    for (int round = 1; round <= rounds; round++) {
      report("Round " + round + " of " + rounds);
      comparison.add(
          new Comparison.Round(
              programs.read(data),
              programs.write(data),
              load(programs, data, "text", "none"),
              load(programs, data, "avro", "none"),
              load(programs, data, "avro", "snappy")));
    }
    return comparison;
  }

  private static Cost load(Programs programs, Dataset data, String format, String codec)
      throws IOException, InterruptedException {
    return programs.load(data, List.of("--format", format, "--codec", codec), Map.of());
  }

  /** For who waits; the standard output is for results. */
  private void report(String what) {
    System.err.printf(Locale.ROOT, "%s ...%n", what);
  }

  private static String table(List<Comparison.Row> rows) {
    Table table = new Table(Comparison.Row.headings());
    rows.forEach(row -> table.row(row.cells()));
    return table.toString();
  }

  private static String markdown(List<Comparison.Row> rows) {
    StringBuilder text = new StringBuilder();
    String[] headings = Comparison.Row.headings();
    markdownRow(text, Arrays.asList(headings));
    List<String> alignments = new ArrayList<>(Collections.nCopies(headings.length, "---:"));
    alignments.set(1, "---");
    markdownRow(text, alignments);
    rows.forEach(row -> markdownRow(text, Arrays.asList(row.cells())));
    return text.toString();
  }

  private static void markdownRow(StringBuilder text, List<?> cells) {
    cells.forEach(cell -> text.append("| ").append(cell).append(' '));
    text.append("|\n");
  }
}
