package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * Commits what somebody changes by hand: a rollback, an emptied trash, or next offsets. Like a run
 * it has one commit point, so two changes at once, or a change and a run, cannot both be made. Only
 * for who holds the lock and has recovered.
 */
public final class ChangeStep {
  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;
  private final ChangeCommit commit;

  public ChangeStep(FileStore store, StateFolder state, LoadLock.Owner owner) {
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
    this.commit = new ChangeCommit(store, state, owner);
  }

  /**
   * What a rollback would do.
   *
   * @param last the commit that it was planned from
   * @param rollback which files move where
   * @param missing paths below the output root of files that should go into the trash and are not
   *     in their places, and of those that stand again and were missing when they left
   * @param next where the next run would begin
   * @param purged the folders of the trash that are removed with it
   */
  public record RollbackPlan(
      Commit last,
      Rollback rollback,
      List<String> missing,
      List<Commit.Next> next,
      List<String> purged) {}

  /**
   * Finds out what must move to go back to an earlier commit, or to one that an earlier rollback
   * undid. Changes nothing.
   *
   * @param to the commit's number; 0 for before the first one
   * @throws LoaderException if there is no such commit, it is what stands already, or a file that
   *     must come back is not in the trash any more
   */
  public RollbackPlan planRollback(long to) throws IOException {
    return planRollback(to, false);
  }

  /**
   * The same.
   *
   * @param purge whether the trash is emptied with it, of what it puts there too
   */
  public RollbackPlan planRollback(long to, boolean purge) throws IOException {
    Standing standing = commits.standing();
    long last = standing.last();
    if (to >= last) {
      throw new InvalidSettingException(
          to == last
              ? "Commit " + to + " is the last one: there is nothing to go back."
              : "There is no commit " + to + "; the last one is " + last + ". See history.");
    }
    RollbackMoves moves = RollbackMoves.of(store, state, standing, to);
    if (!moves.purged().isEmpty()) {
      throw cannotComeBack(to, moves);
    }
    List<Commit.Next> next = to == 0 ? List.of() : commits.read(to).next();
    Set<String> purged = new TreeSet<>();
    if (purge) {
      purged.addAll(purgeable(new HashSet<>(moves.rollback().passedOver())));
      moves.folder().ifPresent(purged::add);
    }
    return new RollbackPlan(
        commits.read(last), moves.rollback(), moves.missing(), next, List.copyOf(purged));
  }

  private LoaderException cannotComeBack(long to, RollbackMoves moves) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Commit "
            + to
            + " cannot come back: "
            + moves.purged().size()
            + " of its files are not in the trash "
            + state.trash()
            + " any more, "
            + moves.purged().get(0)
            + " among them"
            + moves.purgedBy().map(by -> ": commit " + by + " has emptied it (purge)").orElse("")
            + ". Go back to a commit before it, and load again.");
  }

  /**
   * The folders that the trash has now, for who has read the last commit before: a commit that
   * follows on that one knows what brings files back from them.
   *
   * @param passedOver commits that need nothing from there any more
   * @throws LoaderException if another commit may still bring files back
   */
  private List<String> purgeable(Set<Long> passedOver) throws IOException {
    commits.checkPublished(passedOver);
    return new TrashStep(store, state).folders();
  }

  /**
   * The folders of the trash that were put there before a time.
   *
   * @throws LoaderException if a commit is not published: it may still bring files back
   */
  public List<String> purgeable(Instant before) throws IOException {
    List<String> folders = purgeable(Set.of());
    if (before.equals(Instant.MAX)) {
      return folders;
    }
    List<String> old = new ArrayList<>();
    for (String folder : folders) {
      if (trashed(folder).isBefore(before)) {
        old.add(folder);
      }
    }
    return old;
  }

  /** When a folder was put into the trash: it has the name of the commit that has done so. */
  private Instant trashed(String folder) throws IOException {
    if (!folder.matches("\\d{10,18}")) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "No commit has put "
              + new Path(state.trash(), folder)
              + " into the trash, so its age is not known. Take it out of there, or purge without"
              + " --older-than, which removes it, too.");
    }
    return Instant.parse(commits.read(Long.parseLong(folder)).committed());
  }

  /**
   * Empties the trash: commits that, and then removes what is in it. Of a purge and a rollback that
   * would bring something back at most one is made.
   *
   * @return empty if there is nothing in the trash
   * @throws LoaderException if something was committed meanwhile
   */
  public Optional<Commit> purge(String why) throws IOException {
    // First the last commit: one that follows on it knows what brings files back.
    Optional<Commit> last = commits.last();
    return last.isEmpty() ? Optional.empty() : purge(last.get(), purgeable(Set.of()), why);
  }

  /**
   * The same for some folders of the trash.
   *
   * @param folders by name; those of {@link #purgeable(Instant)}
   */
  public Optional<Commit> purge(List<String> folders, String why) throws IOException {
    Optional<Commit> last = commits.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    // What was brought back meanwhile is not there any more.
    List<String> there = new ArrayList<>(folders);
    there.retainAll(purgeable(Set.of()));
    return purge(last.get(), there, why);
  }

  private Optional<Commit> purge(Commit last, List<String> folders, String why) throws IOException {
    return folders.isEmpty()
        ? Optional.empty()
        : Optional.of(commit.make(last, ManualChange.ofPurged(why, folders)));
  }

  /**
   * Goes back: commits, and then moves the files.
   *
   * @throws LoaderException if something was committed since the plan was made
   */
  public Commit rollback(RollbackPlan plan, String why) throws IOException {
    long to = plan.rollback().to();
    Commit target = to == 0 ? plan.last() : commits.read(to);
    return commit.make(
        plan.last(),
        target,
        to == 0 ? null : target.begun(),
        new ManualChange(why, plan.rollback(), List.of(), plan.purged(), null, null, null),
        plan.next());
  }

  /**
   * What setting of next offsets would change. Changes nothing.
   *
   * @param last the commit that it was planned from
   * @param next all next offsets after it
   */
  public record OffsetsPlan(
      Commit last, List<ManualChange.OffsetEdit> edits, List<Commit.Next> next) {}

  /**
   * Finds out what changes when next offsets are set. Only if something was committed already.
   *
   * @param offsets by partition, those to set
   * @throws InvalidSettingException if records that have landed would land again
   */
  public OffsetsPlan planOffsets(Map<PartitionId, Long> offsets) throws IOException {
    Standing standing = commits.standing();
    Commit last = commits.read(standing.last());
    checkNotLanded(offsets, standing.landed());
    Map<PartitionId, Commit.Next> next = new TreeMap<>();
    last.next().forEach(entry -> next.put(entry.id(), entry));
    List<ManualChange.OffsetEdit> edits = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> {
          Optional<Commit.Next> before = Optional.ofNullable(next.get(partition));
          edits.add(
              new ManualChange.OffsetEdit(
                  partition.topic(),
                  partition.partition(),
                  before.map(Commit.Next::offset).orElse(null),
                  offset));
          next.put(
              partition,
              new Commit.Next(
                  partition.topic(),
                  partition.partition(),
                  offset,
                  null,
                  before.map(Commit.Next::bytesPerRecord).orElse(null),
                  null));
        });
    return new OffsetsPlan(last, edits, List.copyOf(next.values()));
  }

  /**
   * Sets next offsets: commits them.
   *
   * @param offsets by partition, those to set
   * @throws InvalidSettingException if records that have landed would land again
   */
  public Commit setOffsets(Map<PartitionId, Long> offsets, String why) throws IOException {
    OffsetsPlan plan = planOffsets(offsets);
    return commit.make(
        plan.last(),
        plan.last(),
        plan.last().begun(),
        new ManualChange(why, null, plan.edits()),
        plan.next());
  }

  private static void checkNotLanded(Map<PartitionId, Long> offsets, List<LandedFile> files)
      throws InvalidSettingException {
    Map<PartitionId, Long> landed = new HashMap<>();
    for (LandedFile file : files) {
      file.parts().forEach(part -> landed.merge(part.id(), part.lastOffset(), Math::max));
    }
    List<String> twice = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> {
          Long end = landed.get(partition);
          if (end != null && offset <= end) {
            twice.add(
                partition + " has landed up to offset " + end + ", and would again from " + offset);
          }
        });
    if (!twice.isEmpty()) {
      throw new InvalidSettingException(
          String.join("; ", twice)
              + ". Nothing may land twice: rollback --to N takes commits back together with their"
              + " files, and replay lands a range in another output.");
    }
  }
}
