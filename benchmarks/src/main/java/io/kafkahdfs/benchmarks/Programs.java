package io.kafkahdfs.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs that are measured. Each runs in a JVM of its own, with that JVM's defaults. */
final class Programs {
  private static final String SERVER = "/servers/kafka-0.9.classpath";

  private final Path home;
  private final Path jar;
  private final Servers servers;

  /**
   * @param home the checkout
   * @param jar this module's jar
   */
  Programs(Path home, Path jar, Servers servers) {
    this.home = home;
    this.jar = jar;
    this.servers = servers;
  }

  /** What a process did. */
  private record Ended(String output, Cost cost) {
    Cost saying(double seconds) {
      return new Cost(
          seconds,
          cost.processSeconds(),
          cost.cpuSeconds(),
          cost.serverSeconds(),
          cost.peakMegabytes());
    }
  }

  /**
   * @param atOnce how many partitions are read together
   */
  Cost read(Dataset data, int atOnce) throws IOException, InterruptedException {
    String partitions = String.valueOf(Dataset.PARTITIONS);
    Ended ended;
    if (servers.version() == KafkaVersion.V0_9) {
      String[] broker = servers.broker().split(":");
      ended =
          java(
              legacyClasses(),
              BareReader.class,
              List.of(broker[0], broker[1], data.topic(), partitions));
    } else {
      ended =
          java(
              modernClasses(),
              BareConsumer.class,
              List.of(servers.broker(), data.topic(), partitions, String.valueOf(atOnce)));
    }
    String[] said = ended.output.split(" ");
    check(data.records(), Long.parseLong(said[1]), "the bare reader");
    return ended.saying(Double.parseDouble(said[0]));
  }

  /** The jobs' own client, and the logging of Hadoop, which it uses. */
  private String modernClasses() {
    return home.resolve("hadoop-consumer/target/kafka-to-hdfs.jar") + File.pathSeparator + hadoop();
  }

  private String hadoop() {
    return home.resolve("hadoop-runtime/target/hadoop") + "/*";
  }

  private static String legacyClasses() throws IOException {
    try (InputStream in = Programs.class.getResourceAsStream(SERVER)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** Sends so many records of a size to a topic. */
  Cost send(String topic, long records, int bytes) throws IOException, InterruptedException {
    Ended ended =
        java(
            modernClasses(),
            BareProducer.class,
            List.of(
                servers.broker(),
                topic,
                String.valueOf(Dataset.PARTITIONS),
                String.valueOf(records),
                String.valueOf(bytes)));
    String[] said = ended.output.split(" ");
    check(records, Long.parseLong(said[1]), "the bare producer");
    return ended.saying(Double.parseDouble(said[0]));
  }

  /**
   * Runs the job that sends files.
   *
   * @param records that they have
   */
  Cost export(String input, String topic, String guarantee, long records)
      throws IOException, InterruptedException {
    Path summary = Files.createTempFile(servers.folder(), "summary", ".json");
    Ended ended =
        run(
            List.of(
                home.resolve("bin/hdfs-to-kafka").toString(),
                "--bootstrap-server",
                servers.broker(),
                "--input",
                input,
                "--format",
                "text",
                "--topic",
                topic,
                "--partition",
                "round-robin",
                "--guarantee",
                guarantee,
                "--export-id",
                topic,
                "--summary",
                summary.toString()),
            Map.of());
    JsonNode said = new ObjectMapper().readTree(summary.toFile());
    check(records, said.get("records").asLong(), "the job");
    return ended.saying(said.get("seconds").asDouble());
  }

  Cost write(Dataset data) throws IOException, InterruptedException {
    String folder = servers.newOutput();
    Ended ended =
        java(
            servers.configuration() + File.pathSeparator + hadoop(),
            BareWriter.class,
            List.of(folder, String.valueOf(Dataset.PARTITIONS), String.valueOf(data.bytes())));
    servers.remove(folder);
    return ended.saying(Double.parseDouble(ended.output));
  }

  /**
   * Runs the job, on an output of its own.
   *
   * @param options beside those that say from where to where
   * @param environment more of it
   */
  Cost load(Dataset data, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    String folder = servers.newOutput();
    Path summary = Files.createTempFile(servers.folder(), "summary", ".json");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/kafka-to-hdfs").toString());
    command.addAll(List.of("--bootstrap-server", servers.broker(), "--topic", data.topic()));
    command.addAll(List.of("--output", folder, "--summary", summary.toString()));
    command.addAll(options);
    Ended ended = run(command, environment);
    JsonNode said = new ObjectMapper().readTree(summary.toFile());
    check(data.records(), said.get("records").asLong(), "the job");
    servers.remove(folder);
    return ended.saying(said.get("seconds").asDouble());
  }

  /**
   * Runs a command of {@code bin/kafka-to-hdfs}, without an agent in its JVM, which would be a part
   * of what a small run costs.
   *
   * @param arguments all of it
   */
  Cost small(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kafka-to-hdfs").toString()));
    command.addAll(arguments);
    return timed(command, environment);
  }

  /** Runs {@code hadoop fs -ls /} of the client that is used without a {@code hadoop} command. */
  Cost listRoot() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = servers.configuration() + File.pathSeparator + hadoop();
    return timed(
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            "org.apache.hadoop.fs.FsShell",
            "-ls",
            "/"),
        Map.of());
  }

  /** Asks the shell what a command has used. */
  private Cost timed(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path used = Files.createTempFile(servers.folder(), "times", ".txt");
    List<String> shell = new ArrayList<>();
    shell.addAll(List.of("sh", "-c", "\"$@\"; code=$?; times >\"$0\"; exit $code"));
    shell.add(used.toString());
    shell.addAll(command);
    Cost cost = start(shell, environment).cost();
    // The second line is of the commands that the shell has run: user's time, and system's.
    String[] times = Files.readAllLines(used).get(1).split(" ");
    return new Cost(
        cost.processSeconds(),
        cost.processSeconds(),
        seconds(times[0]) + seconds(times[1]),
        cost.serverSeconds(),
        0);
  }

  private static double seconds(String minutesAndSeconds) {
    String[] parts = minutesAndSeconds.split("[ms]");
    return 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
  }

  private static void check(long expected, long found, String who) throws IOException {
    if (expected != found) {
      throw new IOException(expected + " records there are, and " + who + " found " + found);
    }
  }

  private Ended java(String classPath, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath + File.pathSeparator + jar, main.getName()));
    command.addAll(arguments);
    return run(command, Map.of());
  }

  /** Runs a command with an agent in its JVM, which writes down what it has used. */
  private Ended run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path costs = Files.createTempFile(servers.folder(), "cost", ".txt");
    String agent = "-javaagent:" + jar + "=" + costs;
    // The script hands the first of them to its JVM; a JVM started here reads the second itself.
    boolean script = command.get(0).startsWith(home.resolve("bin").toString());
    String variable = script ? "HADOOP_CLIENT_OPTS" : "JDK_JAVA_OPTIONS";
    Map<String, String> variables = new HashMap<>(environment);
    variables.merge(variable, agent, (given, added) -> added + " " + given);
    Ended ended = start(command, variables);
    List<String> used = Files.readAllLines(costs);
    Cost cost = ended.cost();
    return new Ended(
        ended.output(),
        new Cost(
            cost.seconds(),
            cost.processSeconds(),
            Long.parseLong(used.get(0)) / 1e9,
            cost.serverSeconds(),
            Long.parseLong(used.get(1)) / 1024.0));
  }

  private Ended start(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile(servers.folder(), "errors", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("HADOOP_CONF_DIR", servers.configuration().toString());
    builder.environment().put("KAFKA_HDFS_CLASS_ARCHIVE", "off");
    builder.environment().putAll(environment);
    double servedBefore = servers.cpuSeconds();
    long start = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exitCode = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exitCode != 0) {
      throw new IOException(
          String.join(" ", command)
              + " ended with exit code "
              + exitCode
              + ":\n"
              + output
              + Files.readString(errors));
    }
    return new Ended(output, new Cost(seconds, seconds, 0, servers.cpuSeconds() - servedBefore, 0));
  }
}
