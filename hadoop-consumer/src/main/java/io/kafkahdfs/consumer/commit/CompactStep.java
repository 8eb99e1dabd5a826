package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts merged files into the place of those that were merged, as a commit: the old ones go into the
 * trash. Only for who holds the lock and has recovered.
 */
public final class CompactStep {
  private final FileStore store;
  private final StateFolder state;
  private final LoadLock.Owner owner;

  public CompactStep(FileStore store, StateFolder state, LoadLock.Owner owner) {
    this.store = store;
    this.state = state;
    this.owner = owner;
  }

  /**
   * A merged file.
   *
   * @param file which waits in the attempts of the owner's run
   * @param inputs the files whose records it has
   */
  public record Merged(LandedFile file, List<Standing.Held> inputs) {
    public Merged {
      inputs = List.copyOf(inputs);
    }

    /**
     * @throws LoaderException if it has not as many records of each partition as its inputs, or
     *     others
     */
    public void check() throws LoaderException {
      Map<PartitionId, LandedFile.Part> before =
          LandedFile.sums(inputs.stream().map(Standing.Held::file));
      Map<PartitionId, LandedFile.Part> after = LandedFile.sums(Stream.of(file));
      if (!before.equals(after)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "The merged file "
                + file.path()
                + " has not the records of the files that it was merged from, but "
                + after.values()
                + " for "
                + before.values()
                + ". Nothing was changed.");
      }
    }
  }

  /**
   * Commits, and then moves the files.
   *
   * @param last the number of the commit that the merge was planned from
   * @param merged each checked
   * @param reason which files were merged, as it was asked for
   * @throws LoaderException if something was committed since the plan was made
   */
  public Commit compact(long last, List<Merged> merged, String reason, String why)
      throws IOException {
    List<LeavingFile> leaving =
        merged.stream()
            .flatMap(each -> each.inputs().stream())
            .map(input -> LeavingFile.of(input, true, last + 1))
            .toList();
    return new ChangeCommit(store, state, owner)
        .make(
            new CommitStore(store, state).read(last),
            ManualChange.ofCompacted(why, new Compacted(reason, leaving)),
            merged.stream().map(Merged::file).toList());
  }
}
