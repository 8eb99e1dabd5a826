package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.table.TableChange;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.util.PropertyUtil;

/** Snapshots that have taken files out which come back. */
final class Removals {
  private Removals() {}

  /**
   * Forgets them, and nothing else: when such a snapshot expires, Iceberg deletes the files that it
   * has taken out, by their paths, whether they are back or not.
   *
   * @param transaction the one that brings the files back
   */
  static void forget(TableChange change, Table table, Transaction transaction) {
    Set<String> again =
        change.added().stream()
            .filter(TableChange.File::again)
            .map(file -> file.path().toString())
            .collect(Collectors.toSet());
    if (again.isEmpty() || !canExpire(table)) {
      return;
    }
    ExpireSnapshots forgotten =
        transaction
            .expireSnapshots()
            // Else it takes along all that is old.
            .expireOlderThan(0)
            .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE);
    boolean any = false;
    for (Snapshot snapshot : table.snapshots()) {
      if (hasRemoved(snapshot, table, again)) {
        forgotten.expireSnapshotId(snapshot.snapshotId());
        any = true;
      }
    }
    if (any) {
      forgotten.commit();
    }
  }

  private static boolean canExpire(Table table) {
    return PropertyUtil.propertyAsBoolean(
        table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
  }

  private static boolean hasRemoved(Snapshot snapshot, Table table, Set<String> paths) {
    for (DataFile removed :
        SnapshotChanges.builderFor(table).snapshot(snapshot).build().removedDataFiles()) {
      if (paths.contains(removed.location())) {
        return true;
      }
    }
    return false;
  }
}
