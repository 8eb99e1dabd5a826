package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@link TestHdfs} in a JVM of its own, for those who measure, or who must be able to end it
 * while their own JVM ends: HDFS itself cannot shut down then. It dies with the JVM that started
 * it.
 */
public final class HdfsProcess implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final URI uri;

  private HdfsProcess(Path folder, Process process, URI uri) {
    this.folder = folder;
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts it, and returns when files can be written.
   *
   * @param log gets what it has to complain of
   */
  public static HdfsProcess start(Path log) throws IOException {
    Path folder = Files.createTempDirectory("kafka-hdfs-process-");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Its data goes with the folder, however it ends.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return new HdfsProcess(folder, process, askForUri(process, log));
    } catch (IOException e) {
      end(process, folder);
      throw e;
    }
  }

  private static URI askForUri(Process process, Path log) throws IOException {
    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
    String ready = answers.readLine();
    if (!ServerProcess.READY.equals(ready)) {
      throw new IOException("HDFS did not start; see " + log);
    }
    process.outputWriter(StandardCharsets.UTF_8).append("where\n").flush();
    return URI.create(answers.readLine());
  }

  /** {@code hdfs://host:port}. */
  public URI uri() {
    return uri;
  }

  /** Ends it at once and removes its data. */
  @Override
  public void close() {
    end(process, folder);
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly().onExit().join();
    Folders.delete(folder);
  }

  /** The server's side. Whatever it is asked, it says where it is. */
  public static final class Server {
    private Server() {}

    public static void main(String[] arguments) {
      ServerProcess.run(
          () -> {
            TestHdfs hdfs = TestHdfs.start();
            return question -> hdfs.uri().toString();
          });
    }
  }
}
