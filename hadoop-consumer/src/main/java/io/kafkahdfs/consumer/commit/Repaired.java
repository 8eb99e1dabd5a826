package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * Files that were missing, and were loaded again: the files that the commit has landed hold all of
 * their records, and no others.
 *
 * @param reason which files were looked for, as it was asked for
 * @param files those that were missing, and those that were in place and whose records stand
 *     between theirs, by their paths
 */
public record Repaired(String reason, List<LeavingFile> files) {
  public Repaired {
    files = List.copyOf(files);
    StoredValue.distinct("repaired", files, LeavingFile::path);
  }
}
