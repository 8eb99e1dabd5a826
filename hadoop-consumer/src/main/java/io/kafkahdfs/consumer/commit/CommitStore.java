package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commits of a load, as files: what is there, and which of them are published. */
public final class CommitStore {
  private static final Logger LOG = LoggerFactory.getLogger(CommitStore.class);
  private static final Pattern NAME = Pattern.compile("(\\d{10})\\.(json|published)");

  private final FileStore store;
  private final StateFolder state;

  public CommitStore(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /**
   * The numbers of the commits that are not folded away, and which of them are published. Those
   * below the first one are folded away, and published.
   *
   * @param recent in order, without gaps
   * @param unpublished in order
   * @param leftMarkers published markers of commits that are folded away
   */
  public record Listing(List<Long> recent, List<Long> unpublished, List<Long> leftMarkers) {
    /** The number of the last commit, 0 if there is none. */
    public long last() {
      return recent.isEmpty() ? 0 : recent.get(recent.size() - 1);
    }
  }

  /**
   * One listing, whatever the number of commits.
   *
   * @throws LoaderException if a commit is missing between others, or one that was published
   */
  public Listing list() throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    TreeSet<Long> published = new TreeSet<>();
    boolean folded = false;
    for (FileEntry entry : store.list(state.commits())) {
      Matcher name = NAME.matcher(entry.name());
      if (name.matches()) {
        (name.group(2).equals("json") ? numbers : published).add(Long.parseLong(name.group(1)));
      }
      folded |= entry.name().equals(state.older().getName());
    }
    long first = numbers.isEmpty() || !folded ? 1 : numbers.first();
    long last = Math.max(last(numbers), last(published));
    if (folded && numbers.isEmpty()) {
      throw missing(Math.max(1, last));
    }
    List<Long> leftMarkers = List.copyOf(published.headSet(first));
    for (long number : leftMarkers) {
      checkFolded(number);
    }
    for (long number = first; number <= last; number++) {
      if (!numbers.contains(number)) {
        // It may have been folded away while this was listed.
        checkFolded(number);
      }
    }
    List<Long> unpublished = new ArrayList<>(numbers);
    unpublished.removeAll(published);
    return new Listing(List.copyOf(numbers), unpublished, leftMarkers);
  }

  private static long last(TreeSet<Long> numbers) {
    return numbers.isEmpty() ? 0 : numbers.last();
  }

  private void checkFolded(long number) throws IOException {
    if (!isFolded(number)) {
      throw missing(number);
    }
  }

  private LoaderException missing(long number) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Commit "
            + state.commit(number)
            + " is missing: somebody removed it. Put it back from a backup or the trash.");
  }

  /** The last commit; empty if there is none yet. */
  public Optional<Commit> last() throws IOException {
    long last = list().last();
    return last == 0 ? Optional.empty() : Optional.of(read(last));
  }

  /**
   * The last commits, in their order.
   *
   * @param most how many at most
   */
  public List<Commit> latest(long most) throws IOException {
    long last = list().last();
    List<Commit> commits = new ArrayList<>();
    for (long number = Math.max(1, last - most + 1); number <= last; number++) {
      commits.add(read(number));
    }
    return commits;
  }

  /** What the output holds after its last commit. Reads them all if that one does not tell. */
  public Holding holding(Commit last) throws IOException {
    return last.holding().isPresent() ? last.holding().get() : standing().holdingAt(last.number());
  }

  /** Takes commits one after the other, so that they need not be in memory together. */
  @FunctionalInterface
  public interface Taker {
    void take(Commit commit) throws IOException;
  }

  /**
   * All commits, in their order.
   *
   * @throws LoaderException also if one of them does not follow on the one before it
   */
  public void each(Taker taker) throws IOException {
    Listing listing = list();
    long firstRecent = listing.recent().isEmpty() ? 1 : listing.recent().get(0);
    Optional<StoredCommit> before = Optional.empty();
    // The last one that has all next offsets: most of the following ones need it.
    Optional<Commit> all = Optional.empty();
    for (long number = 1; number <= listing.last(); number++) {
      StoredCommit stored =
          number >= firstRecent
              ? stored(number, state.commit(number), state.older(number))
              : stored(number, state.older(number), state.commit(number));
      checkFollows(stored.commit(), before);
      before = Optional.of(stored);
      Commit commit = stored.commit();
      if (commit.nextFrom().isEmpty()) {
        all = Optional.of(commit);
      } else {
        long from = commit.nextFrom().get();
        if (all.filter(earlier -> earlier.number() == from).isEmpty()) {
          all = Optional.of(read(from));
        }
        commit = completed(commit, all.get());
      }
      taker.take(commit);
    }
  }

  /** What all commits together have made of the output. */
  public Standing standing() throws IOException {
    Standing standing = new Standing();
    each(standing::add);
    return standing;
  }

  private void checkFollows(Commit commit, Optional<StoredCommit> before) throws LoaderException {
    String previous = commit.ties() == null ? null : commit.ties().previous();
    if (previous != null && before.filter(stored -> stored.digest().equals(previous)).isEmpty()) {
      throw StoredCommit.untrusted(
          state.commit(commit.number() - 1),
          "commit " + commit.number() + " was made when another one stood there",
          null);
    }
  }

  /**
   * @throws LoaderException if there is no such commit, its file was cut short or changed, or it is
   *     of a later version
   */
  public Commit read(long number) throws IOException {
    Commit commit = stored(number).commit();
    return commit.nextFrom().isEmpty()
        ? commit
        : completed(commit, stored(commit.nextFrom().get()).commit());
  }

  /** With the next offsets that an earlier commit has. */
  private Commit completed(Commit commit, Commit earlier) throws LoaderException {
    if (earlier.nextFrom().isPresent()) {
      throw StoredCommit.untrusted(
          state.commit(commit.number()),
          "its next offsets are to be found in commit " + earlier.number() + ", which lacks some",
          null);
    }
    SortedMap<PartitionId, Commit.Next> next = new TreeMap<>();
    earlier.next().forEach(entry -> next.put(entry.id(), entry));
    commit.next().forEach(entry -> next.put(entry.id(), entry));
    return commit.with(List.copyOf(next.values()), commit.ties().complete());
  }

  /** As {@link #read}, but as it is stored. */
  StoredCommit stored(long number) throws IOException {
    return stored(number, state.commit(number), state.older(number));
  }

  private StoredCommit stored(long number, Path probably, Path otherwise) throws IOException {
    try {
      return stored(number, probably);
    } catch (FileNotFoundException e) {
      LOG.debug("Commit {} is not there", number, e);
    }
    try {
      return stored(number, otherwise);
    } catch (FileNotFoundException e) {
      throw missing(number);
    }
  }

  private StoredCommit stored(long number, Path file) throws IOException {
    return StoredCommit.parse(file, number, AtomicFile.read(store, file));
  }

  /**
   * @throws LoaderException if a commit is not published: files of it may still be on their way
   */
  public void checkPublished() throws IOException {
    checkPublished(Set.of());
  }

  /**
   * @param except commits that need not be
   * @throws LoaderException if a commit is not published: files of it may still be on their way
   */
  void checkPublished(Set<Long> except) throws IOException {
    for (long number : list().unpublished()) {
      if (!except.contains(number)) {
        throw new LoaderException(
            ExitCode.BUSY,
            "Commit "
                + number
                + " is not published yet: another command is at work, or has died. Nothing was"
                + " changed. Run this again, or recover first.");
      }
    }
  }

  /** Whether there is a commit of this number. */
  public boolean exists(long number) throws IOException {
    return store.entry(state.commit(number)).isPresent() || isFolded(number);
  }

  private boolean isFolded(long number) throws IOException {
    return store.entry(state.older(number)).isPresent();
  }

  /**
   * Whether nothing is left to be done about a commit: all its files stand in their places, or a
   * rollback has passed over it.
   */
  boolean isSettled(long number) throws IOException {
    if (store.entry(state.published(number)).isPresent() || isFolded(number)) {
      return true;
    }
    for (long later = list().last(); later > number; later--) {
      if (read(later).rollback().filter(r -> r.passedOver().contains(number)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Notes that all files of a commit stand in their places. May be repeated. */
  public void markPublished(long number) throws IOException {
    try {
      store.create(state.published(number)).close();
    } catch (FileAlreadyExistsException e) {
      // Noted already, by an earlier try or by another run that rolled the commit forward.
    } catch (IOException e) {
      // Who folds the commit away needs no note, and removes it.
      if (!isFolded(number)) {
        throw e;
      }
    }
  }
}
