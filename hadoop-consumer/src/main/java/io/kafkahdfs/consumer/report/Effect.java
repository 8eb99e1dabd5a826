package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which commits are in effect. Each builds on the one before it, a rollback on the one that it goes
 * back to: those that the last commit builds on are in effect, the others were rolled back.
 */
final class Effect {
  private final Map<Long, Long> base = new HashMap<>();
  private long last;

  /** In order. */
  void add(Commit commit) {
    base.put(commit.number(), commit.base());
    last = commit.number();
  }

  /** The numbers of the commits in effect. */
  Set<Long> commits() {
    Set<Long> commits = new HashSet<>();
    // An earlier commit each time, so this ends.
    for (Long number = last; base.containsKey(number); number = base.get(number)) {
      commits.add(number);
    }
    return commits;
  }
}
