package io.kafkahdfs.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bin/quickstart}: the product from end to end on live servers, told as a story. The exit
 * code is 0 only if what has landed is what was produced.
 */
@Command(
    name = "quickstart",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Starts a Kafka broker and an HDFS, fills a topic, loads it into HDFS with"
          + " bin/kafka-to-hdfs, and shows what landed.",
      ""
    })
public final class Quickstart implements Callable<Integer> {
  private static final String TOPIC = "page-views";
  private static final int PARTITIONS = 4;
  private static final long DEFAULT_EVENTS = 10_000;

  /** The part of the events that comes after the first load: one in this many. */
  private static final int LATER = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many page views to send. Default: 10000; with --input all lines.")
  private Long events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Other seeds bring other page views. Default: 1.")
  private long seed;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Send the lines of this file as values, instead of page views.")
  private Path input;

  @Option(
      names = "--kafka",
      paramLabel = "VERSION",
      defaultValue = "0.9",
      description = "Which Kafka to start: 0.9, 0.10.2, 1.1, 2.8, 3.9 or 4.4. Default: 0.9.")
  private String kafka;

  @Option(names = "--keep", description = "Keep the servers up to play with them, until Ctrl-C.")
  private boolean keep;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  private final Path home;
  private final Path log;
  private final PrintStream out;
  private Servers servers;
  private Topic topic;
  private ShellCommand load;

  private Quickstart(Path home, Path log, PrintStream out) {
    this.home = home;
    this.log = log;
    this.out = out;
  }

  /** Run by {@code bin/quickstart}, which says where the checkout and the log are. */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(System.getProperty("quickstart.home"));
    Path log = Path.of(System.getProperty("quickstart.log"));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // What the servers' clients log is of interest only when something fails.
    System.setErr(new PrintStream(newLog(log), true, StandardCharsets.UTF_8));
    AtomicBoolean ending = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true)));
    int exitCode =
        new CommandLine(new Quickstart(home, log, out))
            .setErr(new java.io.PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  failure.printStackTrace();
                  if (!ending.get()) {
                    err.println("\nThe quickstart failed: " + failure.getMessage());
                    err.println("Its log: " + log);
                  }
                  return 1;
                })
            .execute(arguments);
    System.exit(exitCode);
  }

  /** Empties the log. HDFS appends to it too, so that neither must write over the other. */
  private static OutputStream newLog(Path log) throws IOException {
    Files.deleteIfExists(log);
    return Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private KafkaVersion version() {
    return Arrays.stream(KafkaVersion.values())
        .filter(version -> version.number().equals(kafka))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "There is no Kafka "
                        + kafka
                        + " here; there are "
                        + Arrays.stream(KafkaVersion.values())
                            .map(KafkaVersion::number)
                            .collect(Collectors.joining(", "))));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long count = count();
    try (Source source = source()) {
      KafkaVersion version = version();
      say("Starting a Kafka " + version.number() + " broker and an HDFS ...");
      servers = Servers.start(version, log);
      say("  Kafka  " + servers.bootstrapServer());
      say("  HDFS   " + servers.hdfs());
      say("  log    " + home.relativize(log));
      long later = count / LATER;
      boolean right = tell(source, count - later, later);
      if (keep) {
        play();
      }
      return right ? 0 : 1;
    } finally {
      if (servers != null) {
        servers.close();
      }
    }
  }

  private long count() throws IOException {
    if (events != null && events < 1) {
      throw new ParameterException(
          spec.commandLine(), "--events must be 1 or more, but is " + events);
    }
    if (input == null) {
      return events == null ? DEFAULT_EVENTS : events;
    }
    if (!Files.isReadable(input) || Files.isDirectory(input)) {
      throw new ParameterException(spec.commandLine(), "--input: cannot read the file " + input);
    }
    long lines = Lines.count(input);
    if (lines == 0) {
      throw new ParameterException(spec.commandLine(), "--input: " + input + " is empty");
    }
    return events == null ? lines : Math.min(events, lines);
  }

  /** Where the records come from. */
  private record Source(Iterator<TestRecord> records, AutoCloseable resource)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        resource.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Source source() throws IOException {
    if (input == null) {
      return new Source(new PageViews(seed), () -> {});
    }
    Lines lines = new Lines(input);
    return new Source(lines, lines);
  }

  /** All the sections; returns whether what landed is right. */
  private boolean tell(Source source, long first, long later)
      throws IOException, InterruptedException {
    String what = input == null ? "page views" : "lines of " + input.getFileName();
    headline("1. A topic with " + PARTITIONS + " partitions");
    topic = Topic.create(servers.kafkaTools(), TOPIC, PARTITIONS);
    topic.send(source.records(), first);
    say(Amounts.count(topic.records()) + " " + what + " are in " + TOPIC + nullsAmongThem() + ".");

    String output = servers.hdfs() + "/landing";
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--bootstrap-server", servers.bootstrapServer());
    options.put("--topic", TOPIC);
    options.put("--output", output);
    load = new ShellCommand("bin/kafka-to-hdfs", options);

    headline("2. The first load takes everything");
    load();

    headline("3. " + Amounts.count(later) + " more come; the next load takes only those");
    topic.send(source.records(), later);
    load();

    headline("4. Nothing new: nothing is done");
    load();

    Landing landing = new Landing(servers.fileSystem(), new org.apache.hadoop.fs.Path(output));
    headline("5. The files");
    listFiles(landing);

    headline("6. Some of their records");
    boolean right = new Check(topic).holds(landing, this::say);

    headline("7. The checkpoint, in the last commit");
    showCheckpoint(landing);
    return right;
  }

  private String nullsAmongThem() {
    return topic.nullValues() == 0
        ? ""
        : ", " + Amounts.count(topic.nullValues()) + " of them without a value";
  }

  private void load() throws IOException, InterruptedException {
    say("$ " + load);
    say("");
    ShellCommand.Result result =
        load.run(
            home, Map.of("HADOOP_CONF_DIR", servers.configuration().toString()), servers.folder());
    System.err.print(result.errors());
    System.err.flush();
    say(result.output().stripTrailing());
    if (result.exitCode() != 0) {
      throw new IOException(
          load.program() + " ended with exit code " + result.exitCode() + ":\n" + result.errors());
    }
  }

  private void listFiles(Landing landing) throws IOException {
    Table table = new Table("bytes", "file in " + load.options().get("--output") + "/" + TOPIC);
    for (FileStatus file : landing.files(TOPIC)) {
      table.row(Amounts.count(file.getLen()), file.getPath().getName());
    }
    say(table.toString().stripTrailing());
  }

  private void showCheckpoint(Landing landing) throws IOException {
    org.apache.hadoop.fs.Path file = landing.lastCommit();
    JsonNode commit = landing.json(file);
    say(file.toUri().getPath());
    say("");
    say("{");
    for (String field : List.of("number", "user", "started", "committed")) {
      say("  \"" + field + "\" : " + commit.get(field) + ",");
    }
    say("  ...");
    say("  \"next\" : [");
    List<String> next = new ArrayList<>();
    commit.get("next").forEach(entry -> next.add("    " + entry));
    say(String.join(",\n", next));
    say("  ],");
    say("  ...");
    say("}");
  }

  /** Keeps the servers up, and sends what is typed, until the process is ended. */
  private void play() throws IOException, InterruptedException {
    headline("Now you");
    say("The servers stay up until you press Ctrl-C. Type a line here, and it becomes a record.");
    say("In another terminal, in " + home + ":");
    say("");
    say("$ export HADOOP_CONF_DIR=" + servers.configuration());
    say("$ " + load);
    say(
        "$ alias dfs='java -cp \""
            + servers.configuration()
            + ":hadoop-runtime/target/hadoop/*\""
            + " org.apache.hadoop.fs.FsShell'");
    say("$ dfs -ls -R /landing");
    say("$ dfs -text '/landing/" + TOPIC + "/*' | tail");
    say("$ dfs -cat '/landing/_kafka_to_hdfs/commits/*.json'");
    say("");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      say("Sent: " + topic.send(TestRecord.of(null, line)));
    }
    new CountDownLatch(1).await();
  }

  private void headline(String text) {
    say("");
    say(text);
    say("─".repeat(text.length()));
  }

  /** Prints lines. */
  private void say(String text) {
    try (Stream<String> lines = text.lines()) {
      lines.forEach(out::println);
    }
    if (text.isEmpty()) {
      out.println();
    }
  }
}
