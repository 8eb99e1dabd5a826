package io.kafkahdfs.examples;

import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bin/quickstart}: the product from end to end on live servers, told as a story. The exit
 * code is 0 only if what has landed, and what was sent back, is what was produced.
 */
@Command(
    name = "quickstart",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Starts a Kafka broker and an HDFS, fills a topic, loads it into HDFS with"
          + " bin/kafka-to-hdfs, shows what landed, and sends it into a second topic with"
          + " bin/hdfs-to-kafka.",
      ""
    })
public final class Quickstart implements Callable<Integer> {
  private static final long DEFAULT_EVENTS = 10_000;

  /** All that can be read from and sent to: files cannot go back into Kafka 0.8. */
  private static final Set<KafkaVersion> VERSIONS =
      EnumSet.complementOf(EnumSet.of(KafkaVersion.V0_8_2));

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

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "As what files to land: avro, json, parquet or orc. Default: avro.")
  private String format;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "topic",
      description = "In which folders: topic, daily or hourly. Default: topic.")
  private String layout;

  @Option(
      names = "--iceberg",
      description = "Also append each commit to a table of Iceberg, and read that; lands Parquet.")
  private boolean iceberg;

  @Option(names = "--keep", description = "Keep the servers up to play with them, until Ctrl-C.")
  private boolean keep;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  private final Path home;
  private final Path log;
  private final Narrator narrator;
  private Servers servers;

  private Quickstart(Path home, Path log, Narrator narrator) {
    this.home = home;
    this.log = log;
    this.narrator = narrator;
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
        new CommandLine(new Quickstart(home, log, new Narrator(out)))
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
    return VERSIONS.stream()
        .filter(version -> version.number().equals(kafka))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "There is no Kafka "
                        + kafka
                        + " here; there are "
                        + VERSIONS.stream()
                            .map(KafkaVersion::number)
                            .collect(Collectors.joining(", "))));
  }

  private FileFormat fileFormat() {
    if (iceberg && format == null) {
      return FileFormat.PARQUET;
    }
    if (iceberg && !format.equals(FileFormat.PARQUET.id())) {
      throw new ParameterException(
          spec.commandLine(), "--iceberg lands parquet, so --format cannot be " + format);
    }
    if (format == null) {
      return FileFormat.AVRO;
    }
    try {
      FileFormat chosen = FileFormat.named(format);
      if (chosen.format().keepsOrigin()) {
        return chosen;
      }
    } catch (IllegalArgumentException e) {
      // The same words for both.
    }
    throw new ParameterException(
        spec.commandLine(),
        "--format must be one of " + FileFormat.keepingOrigin() + ", but is " + format);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long count = count();
    fileFormat();
    try (Source source = source()) {
      KafkaVersion version = version();
      narrator.say("Starting a Kafka " + version.number() + " broker and an HDFS ...");
      servers = Servers.start(version, log);
      narrator.say("  Kafka  " + servers.bootstrapServer());
      narrator.say("  HDFS   " + servers.hdfs());
      narrator.say("  log    " + home.relativize(log));
      long later = count / LATER;
      return tell(source.records(), count - later, later) ? 0 : 1;
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

  /** Both ways; returns whether what comes out is right. */
  private boolean tell(Iterator<TestRecord> records, long first, long later)
      throws IOException, InterruptedException {
    Shell shell = new Shell(home, servers, narrator);
    WayThere there = new WayThere(home, servers, fileFormat(), layout, iceberg, shell, narrator);
    String what = input == null ? "page views" : "lines of " + input.getFileName();
    boolean landed = there.tell(records, what, first, later);
    WayBack back =
        new WayBack(servers, there.topic(), there.files(), fileFormat(), shell, narrator);
    boolean restored = back.tell();
    if (keep) {
      new Playground(home, servers, narrator).open(there.topic(), there.load(), back.export());
    }
    return landed && restored;
  }
}
