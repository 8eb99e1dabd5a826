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

  private Ended run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path costs = Files.createTempFile(servers.folder(), "cost", ".txt");
    Path errors = Files.createTempFile(servers.folder(), "errors", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    Map<String, String> variables = builder.environment();
    String agent = "-javaagent:" + jar + "=" + costs;
    // The script hands the first of them to its JVM; a JVM started here reads the second itself.
    boolean script = command.get(0).startsWith(home.resolve("bin").toString());
    variables.merge(
        script ? "HADOOP_CLIENT_OPTS" : "JDK_JAVA_OPTIONS", agent, (a, b) -> a + " " + b);
    variables.put("HADOOP_CONF_DIR", servers.configuration().toString());
    variables.putAll(environment);
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
    List<String> cost = Files.readAllLines(costs);
    return new Ended(
        output,
        new Cost(
            seconds,
            seconds,
            Long.parseLong(cost.get(0)) / 1e9,
            servers.cpuSeconds() - servedBefore,
            Long.parseLong(cost.get(1)) / 1024.0));
  }
}
