package io.kafkahdfs.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkahdfs.testkit.hadoop.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The archive that the build has made, unpacked as a user does. */
record Release(Path folder) {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** Unpacks it into an existing folder. */
  static Release unpack(Path parent) throws IOException, InterruptedException {
    run(Map.of(), parent, "tar", "-xpzf", archive().toString());
    try (Stream<Path> folders = Files.list(parent)) {
      return new Release(
          folders
              .filter(folder -> folder.getFileName().toString().startsWith("kafka-hdfs-"))
              .findFirst()
              .orElseThrow());
    }
  }

  static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("kafka-hdfs-.+\\.tar\\.gz"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** {@code kafka-hdfs-1.2.3} gives {@code 1.2.3}. */
  String version() {
    return folder.getFileName().toString().substring("kafka-hdfs-".length());
  }

  /**
   * Runs a command to its end, without what the machine may say of another Hadoop.
   *
   * @param environment variables that it gets beside the usual ones
   */
  static CommandResult run(Map<String, String> environment, Path directory, String... command)
      throws IOException, InterruptedException {
    Path stdout = Files.createTempFile(TARGET, "command", ".out");
    Path stderr = Files.createTempFile(TARGET, "command", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .directory(directory.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      Map<String, String> variables = builder.environment();
      variables.keySet().removeIf(key -> key.startsWith("HADOOP_"));
      variables.keySet().removeAll(List.of("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      variables.put("JAVA_HOME", System.getProperty("java.home"));
      variables.put("KAFKA_HDFS_CLASS_ARCHIVE", "off");
      variables.putAll(environment);
      int exitCode = builder.start().waitFor();
      return new CommandResult(
          exitCode, Files.readString(stdout, UTF_8), Files.readString(stderr, UTF_8));
    } finally {
      Files.delete(stdout);
      Files.delete(stderr);
    }
  }
}
