package io.kafkahdfs.table.iceberg;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which commits of a load a table holds, by the snapshots that lead to its current one. Where older
 * snapshots have expired, and none of the load's is left, a property of the table says it, which is
 * written with each of these snapshots.
 *
 * @param load the load's id
 */
record History(String load) {
  private static final String PREFIX = "kafka-to-hdfs.";
  private static final String COMMIT = PREFIX + "commit";
  private static final String LOAD = PREFIX + "load";
  private static final String NEXT = PREFIX + "next";

  /** The number of the last commit that a table holds, 0 if it holds none. */
  long told(Table table) {
    OptionalLong found = told(SnapshotUtil.currentAncestors(table));
    if (found.isPresent()) {
      return found.getAsLong();
    }
    boolean cut = false;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      cut = snapshot.parentId() != null && table.snapshot(snapshot.parentId()) == null;
    }
    return cut ? Long.parseLong(table.properties().getOrDefault(property(), "0")) : 0;
  }

  /** The same, from the snapshots alone; empty if they do not say. */
  OptionalLong told(Iterable<Snapshot> ancestors) {
    for (Snapshot snapshot : ancestors) {
      Map<String, String> summary = snapshot.summary();
      if (load.equals(summary.get(LOAD))) {
        return OptionalLong.of(Long.parseLong(summary.get(COMMIT)));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Whether a load, of whichever output, has made a snapshot: that takes out what it has landed.
   */
  static boolean isOurs(Snapshot snapshot) {
    return snapshot.summary().containsKey(LOAD);
  }

  /** The property of the table that has the number of the last commit, too. */
  String property() {
    return PREFIX + "commit." + load.substring(load.lastIndexOf('#') + 1);
  }

  /** What a snapshot says of a commit. */
  Map<String, String> summary(long commit, String next) {
    return Map.of(COMMIT, Long.toString(commit), LOAD, load, NEXT, next);
  }
}
