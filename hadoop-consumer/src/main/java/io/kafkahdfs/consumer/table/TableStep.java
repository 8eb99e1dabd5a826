package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.commit.AfterCommitStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a table of the commits that it does not hold yet: each of its own, and where the output was
 * changed by hand meanwhile, all at once, since files of commits in between are not there any more.
 */
public final class TableStep implements AfterCommitStep, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(TableStep.class);

  private final TableTarget target;
  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;
  private TableNote note;

  TableStep(TableTarget target, TableNote note, FileStore store, StateFolder state) {
    this.target = target;
    this.note = note;
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
  }

  /**
   * Notes which table it is. With the load's lock, before the run's own commit.
   *
   * @throws LoaderException if another run was the first one meanwhile: the table knows the load by
   *     the id that it took, and would be told all of it again by this one's
   */
  public void begin() throws IOException {
    Optional<TableNote> now = TableNote.read(store, state);
    if (now.filter(other -> !other.load().equals(note.load())).isPresent()) {
      throw new LoaderException(
          ExitCode.BUSY,
          "Another run of this load began to tell "
              + note.table()
              + " first. Start this one again to continue from there.");
    }
    // A run that was waited for may have told it more; without a number all is to be told.
    keep(now.filter(note::isOfSameTable).filter(other -> note.told() != null).orElse(note));
  }

  private void keep(TableNote now) throws IOException {
    note = now;
    if (!TableNote.read(store, state).filter(now::equals).isPresent()) {
      now.write(store, state);
    }
  }

  /** What stands in the note, for a table that keeps no history. */
  private long noted() {
    return note.told() == null ? 0 : note.told();
  }

  @Override
  public boolean isDone(Commit commit) throws IOException {
    long told = target.told().orElse(noted());
    if (told > commit.number()) {
      throw new LoaderException(
          ExitCode.FAILURE,
          target
              + " holds commit "
              + told
              + " of this load, and the last one in "
              + state.commits()
              + " is "
              + commit.number()
              + ": commits were removed by hand. Put them back.");
    }
    return told == commit.number();
  }

  @Override
  public void carryOut(Commit commit) throws IOException {
    OptionalLong held = target.told();
    if (held.isPresent()) {
      tellEach(held.getAsLong(), commit);
    } else if (target.tell(atOnce(noted(), commit))) {
      keep(note.with(identity(), commit.number()));
    }
  }

  /** Each commit becomes a step of the table's history, as far as their files still stand. */
  private void tellEach(long told, Commit commit) throws IOException {
    List<Commit> untold = new ArrayList<>();
    for (long number = told + 1; number < commit.number(); number++) {
      untold.add(commits.read(number));
    }
    untold.add(commit);
    if (untold.stream().allMatch(each -> each.change() == null)) {
      long from = told;
      for (Commit each : untold) {
        if (target.tell(ofOne(from, each))) {
          from = each.number();
        }
      }
    } else {
      target.tell(difference(told, commit));
    }
    keep(note.with(identity(), null));
  }

  /** A table that was told before has the identity that it had then. */
  private String identity() throws IOException {
    return note.identity() == null ? target.check().orElse(null) : note.identity();
  }

  /**
   * Looks whether the table holds the records of files that are gone.
   *
   * @param read those of them whose records are to be read there
   * @return as {@link TableTarget#lacks}
   */
  Map<LandedFile, String> lacks(Set<LandedFile> gone, Set<LandedFile> read) throws IOException {
    Set<LandedFile> standing =
        commits.standing().filesAt(target.told().orElse(noted())).values().stream()
            .map(Standing.Held::file)
            .filter(file -> !file.holdsBad())
            .collect(Collectors.toSet());
    Set<LandedFile> told = new HashSet<>(gone);
    told.retainAll(standing);
    Set<LandedFile> readTold = new HashSet<>(read);
    readTold.retainAll(standing);
    Map<LandedFile, String> lacking = new HashMap<>();
    gone.stream()
        .filter(file -> !told.contains(file))
        .forEach(file -> lacking.put(file, "the table was not told of it"));
    lacking.putAll(target.lacks(new TableHoldings(standing, told, readTold)));
    return lacking;
  }

  private TableChange atOnce(long told, Commit commit) throws IOException {
    return told == commit.number() - 1 && commit.change() == null
        ? ofOne(told, commit)
        : difference(told, commit);
  }

  private TableChange ofOne(long from, Commit commit) {
    return new TableChange(
        from, commit.number(), landed(commit), List.of(), List.of(), next(commit));
  }

  private TableChange difference(long told, Commit commit) throws IOException {
    Standing standing = commits.standing();
    Map<String, Standing.Held> before = standing.filesAt(told);
    Map<String, Standing.Held> after = standing.filesAt(commit.number());
    return new TableChange(
        told,
        commit.number(),
        after.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
            .map(Map.Entry::getValue)
            .filter(held -> !held.file().holdsBad())
            .map(held -> file(held.file(), held.commit() <= told))
            .toList(),
        before.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
            .map(entry -> entry.getValue().file())
            .filter(file -> !file.holdsBad())
            .toList(),
        before.entrySet().stream()
            .filter(entry -> entry.getValue().equals(after.get(entry.getKey())))
            .map(entry -> entry.getValue().file())
            .filter(file -> !file.holdsBad())
            .toList(),
        next(commit));
  }

  private List<TableChange.File> landed(Commit commit) {
    return commit.files().stream()
        .filter(file -> !file.holdsBad())
        .map(file -> file(file, false))
        .toList();
  }

  private TableChange.File file(LandedFile file, boolean again) {
    return new TableChange.File(
        new Path(state.root(), file.path()), file.bytes(), file.records(), again);
  }

  private static String next(Commit commit) {
    return commit.next().stream()
        .map(next -> next.topic() + ":" + next.partition() + ":" + next.offset())
        .collect(Collectors.joining(","));
  }

  @Override
  public String undone() {
    return target.toString().replaceFirst("^The", "the") + " does not hold it yet";
  }

  @Override
  public String toString() {
    return "telling " + target;
  }

  /** Fails never: what was told is told. */
  @Override
  public void close() {
    try {
      target.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot close {}: {}", target, e.toString());
    }
  }
}
