package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts main classes of Hadoop, each in a JVM of its own, that sees the configuration and Hadoop's
 * jars and nothing of the test.
 */
final class HadoopJvms {
  private final Path base;
  private final Path configuration;
  private final Path jars;
  private final Path launcher;
  private final AtomicInteger started = new AtomicInteger();

  /**
   * @param base an existing folder; it gets the links to the jars, the outputs and temporary files
   * @param configuration a folder with {@code core-site.xml} and the like
   */
  HadoopJvms(Path base, Path configuration) throws IOException {
    this.base = base;
    this.configuration = configuration;
    jars = Files.createDirectory(base.resolve("jars"));
    launcher = Files.createDirectory(base.resolve("launcher"));
    Files.createDirectory(base.resolve("output"));
    Files.createDirectory(base.resolve("tmp"));
    linkJars();
    copyLauncher();
  }

  /** The folder that holds Hadoop's jars. */
  Path jars() {
    return jars;
  }

  /**
   * Starts a main class.
   *
   * @param environment what it gets beside this JVM's own environment
   */
  RunningCommand start(
      String name, Map<String, String> environment, String mainClass, List<String> args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + base.resolve("tmp"),
                "-cp",
                String.join(
                    File.pathSeparator, configuration.toString(), jars + "/*", launcher.toString()),
                ChildMain.class.getName(),
                mainClass));
    command.addAll(args);
    String file = started.incrementAndGet() + "-" + name;
    Path stdout = base.resolve("output").resolve(file + ".out");
    Path stderr = base.resolve("output").resolve(file + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(base.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    Map<String, String> variables = builder.environment();
    // What the machine may say of another Hadoop, or of options for every JVM, is not meant here.
    variables.keySet().removeIf(key -> key.startsWith("HADOOP_") || key.startsWith("YARN_"));
    variables.keySet().removeAll(List.of("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("HADOOP_CONF_DIR", configuration.toString());
    variables.putAll(environment);
    return new RunningCommand(name, builder.start(), stdout, stderr);
  }

  private void linkJars() throws IOException {
    for (Path target : ServerClassPath.of("hadoop-3.4")) {
      Files.createSymbolicLink(jars.resolve(target.getFileName()), target);
    }
  }

  private void copyLauncher() throws IOException {
    String file = ChildMain.class.getName().replace('.', '/') + ".class";
    Path copy = launcher.resolve(file);
    Files.createDirectories(copy.getParent());
    try (InputStream in = ChildMain.class.getResourceAsStream("/" + file)) {
      Files.copy(in, copy);
    }
  }
}
