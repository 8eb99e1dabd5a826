package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What a task attempt promises: these groups are merged.
 *
 * @param attempt the attempt's id, which is also the name of the folder with its files
 * @param merged one for each of the task's groups
 */
record CompactManifest(String attempt, List<Merged> merged) {
  CompactManifest {
    merged = List.copyOf(merged);
    StoredValue.below(attempt);
    StoredValue.distinct("merged", merged, Merged::group);
  }

  /**
   * @param group its place in the plan
   */
  record Merged(int group, WrittenFile file) {}
}
