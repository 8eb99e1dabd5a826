package io.kafkahdfs.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
      return new Cost(seconds, cost.processSeconds(), cost.cpuSeconds(), cost.peakMegabytes());
    }
  }

  Cost read(Dataset data) throws IOException, InterruptedException {
    String kafka;
    try (InputStream in = Programs.class.getResourceAsStream(SERVER)) {
      kafka = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    String[] broker = servers.broker().split(":");
    Ended ended =
        java(
            kafka,
            BareReader.class,
            List.of(broker[0], broker[1], data.topic(), String.valueOf(Dataset.PARTITIONS)));
    String[] said = ended.output.split(" ");
    check(data.records(), Long.parseLong(said[1]), "the bare reader");
    return ended.saying(Double.parseDouble(said[0]));
  }

  Cost write(Dataset data) throws IOException, InterruptedException {
    String folder = servers.newOutput();
    Ended ended =
        java(
            servers.configuration()
                + File.pathSeparator
                + home.resolve("hadoop-runtime/target/hadoop")
                + "/*",
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
      throw new IOException(expected + " records are in Kafka, and " + who + " found " + found);
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
    boolean script = command.get(0).endsWith("kafka-to-hdfs");
    variables.merge(
        script ? "HADOOP_CLIENT_OPTS" : "JDK_JAVA_OPTIONS", agent, (a, b) -> a + " " + b);
    variables.put("HADOOP_CONF_DIR", servers.configuration().toString());
    variables.putAll(environment);
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
            Long.parseLong(cost.get(1)) / 1024.0));
  }
}
