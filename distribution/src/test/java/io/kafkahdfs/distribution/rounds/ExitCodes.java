package io.kafkahdfs.distribution.rounds;

import io.kafkahdfs.testkit.hadoop.CommandResult;
import java.util.Set;

/** What commands may end with while servers and processes fail. */
final class ExitCodes {
  /**
   * Done, failed, another run is going on, no Kafka, no HDFS, killed. No setting is wrong, and
   * retention removes nothing.
   */
  private static final Set<Integer> POSSIBLE = Set.of(0, 1, 3, 5, 6, 137);

  private ExitCodes() {}

  static void note(String command, CommandResult result, Journal journal) {
    journal.count(command + " ends with " + result.exitCode());
    journal.say(command + " ends with " + result.exitCode() + reason(result));
    if (!POSSIBLE.contains(result.exitCode())) {
      journal.finding(command + " ended with " + result.exitCode() + ": " + result.stderr());
    }
  }

  private static String reason(CommandResult result) {
    if (result.exitCode() == 0) {
      String[] lines = result.stdout().strip().split("\n");
      return ": " + lines[lines.length - 1];
    }
    return result
        .stderr()
        .lines()
        .filter(line -> line.startsWith("ERROR") || line.startsWith("Exception"))
        .reduce((first, second) -> second)
        .map(line -> ": " + line)
        .orElse("");
  }
}
