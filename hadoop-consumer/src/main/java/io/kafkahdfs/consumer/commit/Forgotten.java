package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * Files that left the output on purpose. Their records stay landed: they are not read again.
 *
 * @param reason which files were to go, as it was asked for
 * @param files those that went, by their paths
 */
public record Forgotten(String reason, List<LeavingFile> files) {
  public Forgotten {
    files = List.copyOf(files);
    if (reason.isEmpty()) {
      throw new IllegalArgumentException("What was forgotten has a reason");
    }
    StoredValue.distinct("forgotten", files, LeavingFile::path);
  }
}
