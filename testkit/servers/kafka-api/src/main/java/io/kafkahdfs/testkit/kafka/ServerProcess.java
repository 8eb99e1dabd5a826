package io.kafkahdfs.testkit.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The server's end of the line between a server's JVM and the tests' JVM: standard input and
 * output, one line each way. The server dies when the line breaks, so that tests that are killed
 * leave nothing behind.
 */
public final class ServerProcess {

  /** The line that says that the server is up. */
  public static final String READY = "ready";

  /** What an answer begins with that is an error. */
  public static final String ERROR = "error ";

  /** Answers the tests' commands. */
  @FunctionalInterface
  public interface Console {
    /** Answers one command, in one line. */
    String answer(String command) throws Exception;
  }

  /** Starts a server. */
  @FunctionalInterface
  public interface Startup {
    /** Returns when the server is up. */
    Console start() throws Exception;
  }

  private ServerProcess() {}

  /**
   * Starts a server, says so, and answers commands for as long as the tests live. What the server
   * prints to its standard output goes to its standard error instead.
   */
  public static void run(Startup server) {
    PrintStream answers = System.out;
    System.setOut(System.err);
    LineQueue commands = new LineQueue(System.in);
    commands.start();
    Console console;
    try {
      console = server.start();
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
      return;
    }
    say(answers, READY);
    for (; ; ) {
      String command = commands.take();
      try {
        say(answers, console.answer(command));
      } catch (Exception e) {
        e.printStackTrace();
        say(answers, ERROR + e);
      }
    }
  }

  private static void say(PrintStream answers, String line) {
    answers.println(line.replace('\n', ' '));
    answers.flush();
  }

  /** Reads lines as they come, and ends the JVM when there will be no more. */
  private static final class LineQueue extends Thread {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BufferedReader reader;

    LineQueue(InputStream stream) {
      super("commands");
      reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
        }
      } catch (IOException e) {
        e.printStackTrace();
      }
      Runtime.getRuntime().halt(0);
    }

    String take() {
      try {
        return lines.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
