package io.kafkahdfs.consumer.commit;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which commits stand. Each builds on the one before it, a rollback on the one that it goes back
 * to: those that a commit builds on stand when it is made, the others were rolled back. Keeps
 * numbers only, so that commits can be added one after the other and be forgotten.
 */
public final class Lineage {
  private final Map<Long, Long> base = new HashMap<>();
  private long last;

  /**
   * In their order. The first one need not be the load's first: what came before it is then not
   * told of.
   */
  public void add(Commit commit) {
    base.put(commit.number(), commit.base());
    last = commit.number();
  }

  /** The number of the last commit, 0 if there is none. */
  public long last() {
    return last;
  }

  /** The numbers of the commits that stand now. */
  public SortedSet<Long> standing() {
    return standingAt(last);
  }

  /** The numbers of the commits that stood when a commit was made, itself included. */
  public SortedSet<Long> standingAt(long number) {
    SortedSet<Long> standing = new TreeSet<>();
    // An earlier commit each time, so this ends.
    for (Long at = number; at != null && at > 0; at = base.get(at)) {
      standing.add(at);
    }
    return standing;
  }
}
