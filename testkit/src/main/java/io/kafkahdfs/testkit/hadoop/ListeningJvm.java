package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server in a JVM of its own, which listens on a port of the loopback address. It dies with the
 * JVM of the test.
 *
 * @param name for messages
 * @param base its folder
 * @param classPath what it needs
 * @param options for the JVM
 */
record ListeningJvm(String name, Path base, int port, List<Path> classPath, List<String> options) {
  private static final Duration STARTING = Duration.ofMinutes(3);

  /** Starts it, and returns when it takes connections. */
  RunningCommand start(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + base));
    command.addAll(options);
    command.addAll(List.of("-cp", paths(), ChildMain.class.getName(), main));
    command.addAll(List.of(arguments));
    Path stdout = base.resolve("server.out");
    Path stderr = base.resolve("server.err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(base.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("HADOOP_") || key.startsWith("HIVE_"));
    RunningCommand server = new RunningCommand(name, builder.start(), stdout, stderr);
    try {
      Awaitility.await(name).atMost(STARTING).until(() -> listens() || !server.isAlive());
    } catch (ConditionTimeoutException e) {
      server.kill();
      throw new IOException("The " + name + " did not start:\n" + server.stderr(), e);
    }
    if (!server.isAlive()) {
      throw new IOException("The " + name + " died:\n" + server.stdout() + server.stderr());
    }
    return server;
  }

  private String paths() throws IOException {
    List<Path> paths = new ArrayList<>(classPath);
    paths.add(ChildMain.location());
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
