package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Puts files that were loaded again into the place of those that are missing, as a commit. Only for
 * who holds the lock and has recovered.
 */
public final class RepairStep {
  private final FileStore store;
  private final StateFolder state;
  private final LoadLock.Owner owner;

  public RepairStep(FileStore store, StateFolder state, LoadLock.Owner owner) {
    this.store = store;
    this.state = state;
    this.owner = owner;
  }

  /**
   * A file that is replaced.
   *
   * @param missing whether it is not in its place
   */
  public record Lost(Standing.Held held, boolean missing) {}

  /**
   * What the tasks of a run have loaded again, held against what is missing.
   *
   * @param plan what they were to read
   * @param lost all files that are replaced
   * @throws LoaderException if they have not fulfilled the plan, or of a folder and a partition not
   *     exactly as many records, from the same first to the same last one, as the files had
   */
  public List<LandedFile> loaded(RunPlan plan, List<Lost> lost) throws IOException {
    ReadRanges read = new ReadRanges(plan);
    RunFolder run = state.run(owner.run());
    for (FileEntry entry : store.list(run.manifests())) {
      read.take(Json.readSealed(store, entry.path(), TaskManifest.class, RunFolder.WAY_OUT));
    }
    List<LandedFile> loaded = new ArrayList<>();
    for (PlannedSplit split : plan.splits()) {
      for (OffsetRange range : split.ranges()) {
        read.outcome(range);
        loaded.addAll(read.take(range));
      }
    }
    check(lost.stream().map(each -> each.held().file()).toList(), loaded);
    return loaded;
  }

  private static void check(List<LandedFile> before, List<LandedFile> after)
      throws LoaderException {
    SortedMap<String, SortedMap<PartitionId, LandedFile.Part>> had = byFolder(before);
    SortedMap<String, SortedMap<PartitionId, LandedFile.Part>> have = byFolder(after);
    if (had.equals(have)) {
      return;
    }
    String folder =
        had.keySet().stream()
            .filter(each -> !had.get(each).equals(have.get(each)))
            .findFirst()
            .orElseGet(
                () -> have.keySet().stream().filter(f -> !had.containsKey(f)).findFirst().get());
    throw new LoaderException(
        ExitCode.FAILURE,
        "Kafka does not have what the missing files in "
            + folder
            + " had, but "
            + have.getOrDefault(folder, new TreeMap<>()).values()
            + " for "
            + had.getOrDefault(folder, new TreeMap<>()).values()
            + ": the topic was compacted, or mapper, schemas or layout are not those with which they"
            + " were landed. Leave that folder out with --where, or rollback. Nothing was changed.");
  }

  private static SortedMap<String, SortedMap<PartitionId, LandedFile.Part>> byFolder(
      List<LandedFile> files) {
    SortedMap<String, SortedMap<PartitionId, LandedFile.Part>> sums = new TreeMap<>();
    files.stream()
        .collect(Collectors.groupingBy(file -> new Path(file.path()).getParent().toString()))
        .forEach((folder, all) -> sums.put(folder, LandedFile.sums(all.stream())));
    return sums;
  }

  /**
   * Commits, and then moves the files.
   *
   * @param last the number of the commit that the repair was planned from
   * @param loaded what {@link #loaded} has found right
   * @param reason which files were looked for, as it was asked for
   * @throws LoaderException if something was committed since the plan was made
   */
  public Commit repair(
      long last, List<Lost> lost, List<LandedFile> loaded, String reason, String why)
      throws IOException {
    List<LeavingFile> leaving =
        lost.stream().map(each -> LeavingFile.of(each.held(), !each.missing(), last + 1)).toList();
    return new ChangeCommit(store, state, owner)
        .make(
            new CommitStore(store, state).read(last),
            ManualChange.ofRepaired(why, new Repaired(reason, leaving)),
            loaded);
  }
}
