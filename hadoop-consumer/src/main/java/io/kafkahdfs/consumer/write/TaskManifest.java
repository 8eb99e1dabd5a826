package io.kafkahdfs.consumer.write;

import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What a task attempt promises: these files are written, and this became of these ranges.
 *
 * @param attempt the attempt's id, which is also the name of the folder with its files
 * @param outcomes one for each of the task's ranges
 * @param files all files that the attempt wrote
 * @param firstBad the first records that were bad
 */
public record TaskManifest(
    String attempt,
    List<RangeOutcome> outcomes,
    List<WrittenFile> files,
    @AddedLater List<BadRecord> firstBad) {
  public TaskManifest {
    firstBad = firstBad == null ? List.of() : List.copyOf(firstBad);
    outcomes = List.copyOf(outcomes);
    files = List.copyOf(files);
    StoredValue.below(attempt);
    StoredValue.distinct("outcomes", outcomes, RangeOutcome::range);
    StoredValue.distinct("files", files, WrittenFile::target);
  }

  /** No record was bad. */
  public TaskManifest(String attempt, List<RangeOutcome> outcomes, List<WrittenFile> files) {
    this(attempt, outcomes, files, List.of());
  }
}
