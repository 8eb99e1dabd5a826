package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.table.TableHoldings;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Whether a table holds the records of landed files that are gone, since Iceberg's maintenance has
 * written them into files of the table's own, and expired the snapshots that had the old ones.
 */
final class Holdings {
  private final Table table;
  private final TableHoldings holdings;
  private final Map<String, LandedFile> gone = new HashMap<>();
  private final Map<LandedFile, String> lacking = new HashMap<>();

  /**
   * @param root the load's output
   */
  Holdings(Table table, Path root, TableHoldings holdings) {
    this.table = table;
    this.holdings = holdings;
    holdings.gone().forEach(file -> gone.put(new Path(root, file.path()).toString(), file));
  }

  /** For each file whose records it lacks, or not as far as can be told, why. */
  Map<LandedFile, String> lacking() throws IOException {
    stillNamed();
    Set<LandedFile> summed = new HashSet<>(holdings.gone());
    summed.removeAll(holdings.read());
    summed.removeAll(lacking.keySet());
    if (!summed.isEmpty() && !sumsUp()) {
      replaced().forEach(path -> summed.remove(gone.get(path)));
      summed.forEach(
          file ->
              lacking.put(
                  file,
                  "the table does not name it any more, and its snapshots do not tell whether it"
                      + " holds the records elsewhere: --deep reads it"));
    }
    Set<LandedFile> read = new HashSet<>(holdings.read());
    read.removeAll(lacking.keySet());
    if (!read.isEmpty()) {
      lacking.putAll(new OffsetsInTable(table, gone.keySet()).wrong(holdings.standing(), read));
    }
    return lacking;
  }

  private void stillNamed() throws IOException {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        LandedFile file = gone.get(task.file().location());
        if (file != null) {
          lacking.put(file, "the table still names it, and cannot be read");
        }
      }
    }
  }

  /** Whether the table holds as many records as the load has landed, with none of them deleted. */
  private boolean sumsUp() {
    Snapshot current = table.currentSnapshot();
    return current != null
        && count(current, SnapshotSummary.TOTAL_RECORDS_PROP) == holdings.records()
        && count(current, SnapshotSummary.TOTAL_DELETE_FILES_PROP) == 0;
  }

  /** What a snapshot says of itself; -1 if it does not. */
  private static long count(Snapshot snapshot, String property) {
    return Long.parseLong(snapshot.summary().getOrDefault(property, "-1"));
  }

  /**
   * What was written into other files, with as many records, by a snapshot that is known yet, and
   * behind which nothing was deleted.
   */
  private Set<String> replaced() {
    Set<String> paths = new HashSet<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      boolean replaces =
          snapshot.operation().equals(DataOperations.REPLACE)
              && count(snapshot, SnapshotSummary.ADDED_RECORDS_PROP)
                  == count(snapshot, SnapshotSummary.DELETED_RECORDS_PROP);
      if (replaces) {
        for (DataFile file :
            SnapshotChanges.builderFor(table).snapshot(snapshot).build().removedDataFiles()) {
          paths.add(file.location());
        }
      } else if (!snapshot.operation().equals(DataOperations.APPEND) && !History.isOurs(snapshot)) {
        break;
      }
    }
    return paths;
  }
}
