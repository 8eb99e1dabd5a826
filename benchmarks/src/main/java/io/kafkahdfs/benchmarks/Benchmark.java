package io.kafkahdfs.benchmarks;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bin/benchmark}: how long the jobs take, and how much of the processor, beside programs
 * that do only a part of the work.
 */
@Command(
    name = "benchmark",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures the jobs against programs that only read from Kafka, only write to HDFS or only"
          + " send to Kafka, in turns, on a Kafka broker and an HDFS of its own.",
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

  @Option(
      names = "--kafka",
      paramLabel = "VERSION",
      split = ",",
      description =
          "The Kafka brokers to measure with, one after the other. Default: 0.9,4.4, and 4.4 for"
              + " --export, --layouts, --typed, --memory and --small.")
  private List<String> kafka = List.of();

  @Option(
      names = "--codec",
      paramLabel = "CODEC",
      split = ",",
      defaultValue = "NONE",
      description = "How the records in Kafka are compressed: ${COMPLETION-CANDIDATES}.")
  private List<Codec> codecs;

  @Option(
      names = "--jobs",
      paramLabel = "NAME",
      split = ",",
      description =
          "Measure only these loads of all that the table has, for example avro,avro snappy.")
  private Set<String> jobs = Set.of();

  @Option(
      names = "--against",
      paramLabel = "CHECKOUT",
      description =
          "Measure the loads of another checkout, too, which its own bin/benchmark has built, in"
              + " turns with this one's.")
  private Path against;

  @Option(
      names = "--typed",
      description =
          "Measure loads that make columns of values in Avro, which have the id of a schema in"
              + " front, beside one that lands them as they are.")
  private boolean typed;

  @Option(
      names = "--export",
      description = "Measure the way back: text files to a topic, beside a bare producer.")
  private boolean export;

  @Option(
      names = "--layouts",
      description = "Measure layouts by time, beside the default one, in loads of avro.")
  private boolean layouts;

  @Option(names = "--markdown", description = "Print the table as docs/performance.md has it.")
  private boolean markdown;

  @Option(
      names = "--memory",
      description =
          "Do not measure time: see whether the job manages messages of 10 MB, millions of"
              + " small ones, and 200 files at once, in a heap of 512 MB.")
  private boolean memory;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Measure loads of so many small partitions, 20 records each, beside one of the same"
              + " records in 4 partitions, instead of loads of much data.")
  private int partitions;

  @Option(
      names = "--small",
      description = "Measure commands that have little to do, instead of loads of much data.")
  private boolean small;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  @Spec private CommandSpec spec;

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
    System.exit(
        new CommandLine(benchmark).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> known = Job.ALL.stream().map(Job::name).toList();
    for (String name : jobs) {
      if (!known.contains(name)) {
        throw wrong("There is no job " + name + "; there are " + String.join(", ", known));
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    Table table = small ? SmallRuns.table() : ManyPartitions.table();
    for (KafkaVersion version : versions()) {
      try (Servers servers = Servers.start(version, log)) {
        Programs programs = new Programs(home, jar, servers);
        if (partitions > 0) {
          new ManyPartitions(servers, programs, partitions).measure(rounds, table, this::report);
        } else if (small) {
          new SmallRuns(servers, programs).measure(rounds, table, this::report);
        } else if (memory) {
          new MemoryCheck(servers.kafkaTools(), programs).run(megabytes, this::report);
        } else if (export) {
          comparisons.add(
              new ExportComparison(servers, programs).measure(megabytes, rounds, this::report));
        } else if (layouts) {
          comparisons.addAll(
              new LayoutComparison(servers, programs).measure(megabytes, rounds, this::report));
        } else if (typed) {
          comparisons.add(
              new TypedComparison(servers, programs).measure(megabytes, rounds, this::report));
        } else {
          comparisons.addAll(loads(servers, programs));
        }
      }
    }
    if (partitions > 0 || small) {
      System.out.print(table);
    }
    List<Comparison.Row> rows = comparisons.stream().flatMap(c -> c.rows().stream()).toList();
    if (!rows.isEmpty()) {
      System.out.print(markdown ? markdown(rows) : table(rows));
    }
    return 0;
  }

  private List<KafkaVersion> versions() {
    if (kafka.isEmpty()) {
      return export || layouts || typed || memory || small
          ? List.of(KafkaVersion.V4_4)
          : List.of(KafkaVersion.V0_9, KafkaVersion.V4_4);
    }
    List<KafkaVersion> versions = kafka.stream().map(this::version).toList();
    if (export && versions.contains(KafkaVersion.V0_9)) {
      throw wrong("The bare producer does not know Kafka 0.9");
    }
    if (layouts && versions.contains(KafkaVersion.V0_9)) {
      throw wrong("Kafka 0.9 gives records no times");
    }
    return versions;
  }

  /** Told in one line, as a wrong option is. */
  private CommandLine.ParameterException wrong(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
  }

  private KafkaVersion version(String number) {
    return Arrays.stream(KafkaVersion.values())
        .filter(version -> version.number().equals(number))
        .findFirst()
        .orElseThrow(() -> wrong("There is no Kafka " + number + " here"));
  }

  private List<Comparison> loads(Servers servers, Programs programs)
      throws IOException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>();
    for (Codec codec : codecs) {
      for (int bytes : valueBytes) {
        report("Sending " + megabytes + " MB of values of " + bytes + " bytes, " + codec);
        String topic = "values-" + bytes + "-" + codec;
        long records = megabytes * 1_000_000 / bytes;
        comparisons.add(
            measure(
                servers,
                programs,
                Dataset.fill(servers.kafkaTools(), topic, codec, bytes, records)));
      }
    }
    return comparisons;
  }

  private Comparison measure(Servers servers, Programs programs, Dataset data)
      throws IOException, InterruptedException {
    KafkaVersion version = servers.version();
    String read = "bare Kafka read";
    String write = "bare HDFS write";
    Comparison comparison = new Comparison(data.work(version), data.bytes(), Set.of(read, write));
    for (int round = 1; round <= rounds; round++) {
      report("Round " + round + " of " + rounds);
      Map<String, Cost> costs = new LinkedHashMap<>();
      costs.put(read, programs.read(data, 1));
      if (version != KafkaVersion.V0_9) {
        costs.put("the same, all partitions at once", programs.read(data, Dataset.PARTITIONS));
      }
      costs.put(write, programs.write(data));
      for (Job job : Job.ALL) {
        if (jobs.isEmpty() || jobs.contains(job.name())) {
          costs.put("job, " + job.name(), programs.load(data, job.options(), Map.of()));
          if (against != null) {
            costs.put(
                "job of " + against + ", " + job.name(),
                new Programs(against, jar, servers).load(data, job.options(), Map.of()));
          }
        }
      }
      comparison.add(costs);
    }
    return comparison;
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
