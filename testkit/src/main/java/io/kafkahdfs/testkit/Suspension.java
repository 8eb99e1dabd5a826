package io.kafkahdfs.testkit;

import java.io.IOException;

/**
 * A process that is halted, and hangs: it takes connections and does not answer. A shell holds it
 * for as long as the tests live, so that it goes on, and can see their end, when they are killed.
 */
public final class Suspension {
  private final Process shell;

  private Suspension(Process shell) {
    this.shell = shell;
  }

  /** Halts a process. */
  public static Suspension of(long pid) throws IOException {
    Process shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "kill -STOP $0 && echo halted; read line; kill -CONT $0",
                String.valueOf(pid))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (shell.getInputStream().read() != 'h') {
      shell.destroyForcibly();
      throw new IOException("Could not halt process " + pid);
    }
    return new Suspension(shell);
  }

  /** Lets it go on. */
  public void end() throws IOException {
    shell.getOutputStream().close();
    try {
      shell.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Forgets a process that has ended: its number may be another's by now. */
  public void forget() {
    shell.destroyForcibly();
  }
}
