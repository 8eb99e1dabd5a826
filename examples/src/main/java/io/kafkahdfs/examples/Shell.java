package io.kafkahdfs.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands as a user of the servers would, and shows them and what they print. */
final class Shell {
  private final Path home;
  private final Servers servers;
  private final Narrator narrator;

  /**
   * @param home the checkout
   */
  Shell(Path home, Servers servers, Narrator narrator) {
    this.home = home;
    this.servers = servers;
    this.narrator = narrator;
  }

  /**
   * Runs a command to its end; its log goes to this JVM's standard error.
   *
   * @throws IOException also if it fails
   */
  void run(ShellCommand command) throws IOException, InterruptedException {
    narrator.say("$ " + command);
    narrator.say("");
    ShellCommand.Result result =
        command.run(
            home,
            // For three commands an archive of classes is not worth its making.
            Map.of(
                "HADOOP_CONF_DIR",
                servers.configuration().toString(),
                "KAFKA_HDFS_CLASS_ARCHIVE",
                "off"),
            servers.folder());
    System.err.print(result.errors());
    System.err.flush();
    narrator.say(result.output().stripTrailing());
    if (result.exitCode() != 0) {
      throw new IOException(
          command.program()
              + " ended with exit code "
              + result.exitCode()
              + ":\n"
              + result.errors());
    }
  }
}
