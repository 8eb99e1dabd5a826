package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * Small files that were merged: the files that the commit has landed hold all of their records, and
 * no others.
 *
 * @param reason which files were merged, as it was asked for
 * @param files those that were merged, by their paths
 */
public record Compacted(String reason, List<LeavingFile> files) {
  public Compacted {
    files = List.copyOf(files);
    StoredValue.distinct("compacted", files, LeavingFile::path);
    for (LeavingFile file : files) {
      if (file.trash() == null) {
        throw new IllegalArgumentException(file.path() + " was merged, and goes nowhere");
      }
    }
  }
}
