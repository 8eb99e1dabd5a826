package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.commit.Standing.Held;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Lets files leave the output on purpose, as a commit that names them: they go into the trash, and
 * count as forgotten and not as lost. Only for who holds the lock and has recovered.
 */
public final class ForgetStep {
  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;
  private final LoadLock.Owner owner;

  public ForgetStep(FileStore store, StateFolder state, LoadLock.Owner owner) {
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
    this.owner = owner;
  }

  /** Which files are to go. */
  @FunctionalInterface
  public interface Choice {
    /**
     * @param commit the number of the one that has landed the file
     * @param committed when that was made
     */
    boolean has(LandedFile file, long commit, Instant committed) throws IOException;
  }

  /**
   * What would be forgotten.
   *
   * @param last the number of the commit that it was planned from
   */
  public record Plan(long last, Forgotten forgotten) {
    /** Whether nothing was chosen. */
    public boolean isEmpty() {
      return forgotten.files().isEmpty();
    }
  }

  /**
   * Chooses among the files that stand. Changes nothing.
   *
   * @param reason how it chooses, for the commit
   * @throws io.kafkahdfs.failure.LoaderException if a commit is not published: which files are gone
   *     cannot be told as long as some are on their way
   */
  public Plan plan(Choice choice, String reason) throws IOException {
    commits.checkPublished();
    Standing standing = new Standing();
    Map<Long, Instant> committed = new HashMap<>();
    commits.each(
        commit -> {
          standing.add(commit);
          committed.put(commit.number(), Instant.parse(commit.committed()));
        });
    List<LeavingFile> files = new ArrayList<>();
    for (Held held : standing.filesAt(standing.last()).values()) {
      LandedFile file = held.file();
      if (!choice.has(file, held.commit(), committed.get(held.commit()))) {
        continue;
      }
      files.add(LeavingFile.of(held, isThere(file), standing.last() + 1));
    }
    return new Plan(standing.last(), new Forgotten(reason, files));
  }

  /** Whether a file is in its place. */
  public boolean isThere(LandedFile file) throws IOException {
    return store.entry(new Path(state.root(), file.path())).isPresent();
  }

  /**
   * Commits it, and then moves the files.
   *
   * @return empty if there is nothing to forget
   * @throws io.kafkahdfs.failure.LoaderException if something was committed since the plan was made
   */
  public Optional<Commit> forget(Plan plan, String why) throws IOException {
    return plan.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ChangeCommit(store, state, owner)
                .make(commits.read(plan.last()), ManualChange.ofForgotten(why, plan.forgotten())));
  }
}
