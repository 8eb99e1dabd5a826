package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** All commits, in their order. */
  public List<Commit> all() throws IOException {
    List<Commit> commits = new ArrayList<>();
    Listing listing = list();
    for (long number = 1; number <= listing.last(); number++) {
      commits.add(
          listing.recent().contains(number)
              ? read(number, state.commit(number), state.older(number))
              : read(number, state.older(number), state.commit(number)));
    }
    return commits;
  }

  /**
   * @throws LoaderException if there is no such commit, its file was cut short or changed, or it is
   *     of a later version
   */
  public Commit read(long number) throws IOException {
    return read(number, state.commit(number), state.older(number));
  }

  private Commit read(long number, Path probably, Path otherwise) throws IOException {
    try {
      return parse(probably, number, AtomicFile.read(store, probably));
    } catch (FileNotFoundException e) {
      LOG.debug("Commit {} is not there", number, e);
    }
    try {
      return parse(otherwise, number, AtomicFile.read(store, otherwise));
    } catch (FileNotFoundException e) {
      throw missing(number);
    }
  }

  /** Whether there is a commit of this number. */
  public boolean exists(long number) throws IOException {
    return store.entry(state.commit(number)).isPresent() || isFolded(number);
  }

  private boolean isFolded(long number) throws IOException {
    return store.entry(state.older(number)).isPresent();
  }

  static Commit parse(Path file, long number, byte[] json) throws LoaderException {
    try {
      int version = Json.version(json);
      if (version > Commit.VERSION) {
        throw newer(file, version);
      }
      Commit commit = Json.readSealed(json, Commit.class);
      if (commit.number() != number) {
        throw untrusted(file, "it is commit " + commit.number(), null);
      }
      return commit;
    } catch (MalformedJsonException e) {
      throw untrusted(file, e.getMessage(), e);
    }
  }

  private static LoaderException newer(Path file, int version) {
    return new LoaderException(
        ExitCode.FAILURE,
        file
            + " was written by a newer version of the loader: it has the form "
            + version
            + ", and this version knows forms up to "
            + Commit.VERSION
            + ". Use the version that wrote it, or a newer one. Nothing was changed.");
  }

  private static LoaderException untrusted(Path file, String what, IOException cause) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Cannot trust the commit "
            + file
            + ": "
            + what
            + ". Put the file back as it was, from a backup or a snapshot. Nothing was changed.",
        cause);
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
