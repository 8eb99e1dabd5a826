package io.kafkahdfs.producer.job;

import io.kafkahdfs.testkit.hadoop.InProcess;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Runs the command in the test's JVM, with Hadoop's local job runner, and tells what it said. */
final class ExportCommand {
  private final Configuration configuration;
  private final List<String> common;

  /**
   * @param common arguments of every run
   */
  ExportCommand(Configuration configuration, String... common) {
    this.configuration = configuration;
    this.common = List.of(common);
  }

  /** Runs it with some more arguments, which come first so that they can be Hadoop's. */
  InProcess.Result run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(common);
    return InProcess.run(Main::run, configuration, all.toArray(String[]::new));
  }
}
