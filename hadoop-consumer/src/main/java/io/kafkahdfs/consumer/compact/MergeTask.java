package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/** What an attempt of a task does: merges groups, and leaves a manifest of all of them. */
record MergeTask(FileStore store, RunFolder run, CompactPlan plan, Configuration configuration) {
  /** Its manifest takes the place of one of an earlier attempt: both say the same. */
  void run(TaskAttemptID attempt, List<Integer> groups, Merge.Watcher watcher) throws IOException {
    Path folder = run.attempt(attempt);
    store.mkdirs(folder);
    Merge merge = new Merge(store, run.state(), folder, plan, configuration);
    List<CompactManifest.Merged> merged = new ArrayList<>();
    for (int group : groups) {
      merged.add(new CompactManifest.Merged(group, merge.merge(group, watcher)));
    }
    try (OutputStream out = store.create(run.draftManifest(attempt))) {
      out.write(Json.writeSealed(new CompactManifest(attempt.toString(), merged)));
    }
    store.replace(run.draftManifest(attempt), run.manifest(attempt.getTaskID()));
  }
}
