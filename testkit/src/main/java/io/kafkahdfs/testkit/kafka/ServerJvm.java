package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.testkit.Suspension;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A server in a JVM of its own, as the tests see it; {@link ServerProcess} is its other end. */
final class ServerJvm {
  private static final int PATIENCE_SECONDS = 60;
  private static final String GONE = ServerProcess.ERROR + "the process has ended";

  private final Process process;
  private final Path log;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final BufferedWriter commands;
  private final Thread killer;
  private Suspension suspension;

  private ServerJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    // Ends the servers of a JVM that ends in an orderly way; else the broken pipe ends them.
    this.killer = new Thread(process::destroyForcibly);
  }

  /**
   * Starts a server and waits until it says that it is up.
   *
   * @param heapMegabytes how much heap it gets
   * @param log where its standard error goes
   */
  static ServerJvm start(KafkaVersion version, int heapMegabytes, Path log, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        version.serverClassPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(version.serverClass());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ServerJvm jvm = new ServerJvm(process, log);
    Runtime.getRuntime().addShutdownHook(jvm.killer);
    Thread reader = new Thread(jvm::readAnswers, "answers of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    try {
      String first = jvm.answer();
      if (!first.equals(ServerProcess.READY)) {
        throw new IOException(first);
      }
      return jvm;
    } catch (IOException e) {
      jvm.kill();
      throw new IOException(
          "The server did not start: "
              + version.serverClass()
              + " "
              + arguments
              + "\n"
              + Files.readString(log),
          e);
    }
  }

  private void readAnswers() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // The process is gone, as below.
    }
    answers.add(GONE);
  }

  long pid() {
    return process.pid();
  }

  /** Gives the server a command and waits for the answer. */
  synchronized String ask(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
    return answer();
  }

  private String answer() throws IOException {
    try {
      String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("No answer within " + PATIENCE_SECONDS + " s; see " + log);
      }
      if (answer.startsWith(ServerProcess.ERROR)) {
        throw new IOException(answer);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Lets the server shut down in order, and waits for its end. */
  void stop() {
    // Process.destroy would close the line too, and so end the server before it has shut down.
    process.toHandle().destroy();
    awaitEnd();
  }

  /** Ends the server at once ({@code kill -9}). */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Halts the server, which from now on hangs: it accepts connections and does not answer. */
  void suspend() throws IOException {
    suspension = Suspension.of(process.pid());
  }

  /** Lets a halted server go on. */
  void resume() throws IOException {
    suspension.end();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (suspension != null) {
        suspension.forget();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // This JVM is ending itself.
    }
  }
}
