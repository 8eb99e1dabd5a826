package io.kafkahdfs.producer.job;

import io.kafkahdfs.producer.state.RoundFolder;
import java.io.IOException;
import java.util.Set;

/** What sends splits, each as a task of its own. */
@FunctionalInterface
interface SplitsJob {
  /**
   * Sends splits, and waits until they are sent.
   *
   * @param splits their numbers
   * @return whether all tasks succeeded
   */
  boolean run(RoundFolder round, Set<Integer> splits) throws IOException, InterruptedException;
}
