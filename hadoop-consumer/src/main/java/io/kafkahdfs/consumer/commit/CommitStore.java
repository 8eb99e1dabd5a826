package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commits of a load. */
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
   * The numbers of all commits, and which of them are published.
   *
   * @param numbers in order
   * @param unpublished in order
   */
  public record Listing(List<Long> numbers, List<Long> unpublished) {
    /** The number of the last commit, 0 if there is none. */
    public long last() {
      return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }
  }

  /**
   * @throws LoaderException if a commit is missing between others, or one that was published
   */
  public Listing list() throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    TreeSet<Long> published = new TreeSet<>();
    for (FileEntry entry : store.list(state.commits())) {
      Matcher name = NAME.matcher(entry.name());
      if (name.matches()) {
        (name.group(2).equals("json") ? numbers : published).add(Long.parseLong(name.group(1)));
      }
    }
    long last = Math.max(last(numbers), last(published));
    for (long number = 1; number <= last; number++) {
      if (!numbers.contains(number)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Commit "
                + state.commit(number)
                + " is missing: somebody removed it. Put it back from a backup or the trash.");
      }
    }
    List<Long> unpublished = new ArrayList<>(numbers);
    unpublished.removeAll(published);
    return new Listing(List.copyOf(numbers), unpublished);
  }

  private static long last(TreeSet<Long> numbers) {
    return numbers.isEmpty() ? 0 : numbers.last();
  }

  /** The last commit; empty if there is none yet. */
  public Optional<Commit> last() throws IOException {
    long last = list().last();
    return last == 0 ? Optional.empty() : Optional.of(read(last));
  }

  /** All commits, in their order. */
  public List<Commit> all() throws IOException {
    List<Commit> commits = new ArrayList<>();
    for (long number : list().numbers()) {
      commits.add(read(number));
    }
    return commits;
  }

  /** The commit that a run has made, if it has; looks at them all, the last one first. */
  public Optional<Commit> find(RunFolder run) throws IOException {
    for (long number = list().last(); number > 0; number--) {
      Optional<Commit> commit = find(number, run);
      if (commit.isPresent()) {
        return commit;
      }
    }
    return Optional.empty();
  }

  /** The commit of a number, if there is one and this run has made it. */
  public Optional<Commit> find(long number, RunFolder run) throws IOException {
    return store.entry(state.commit(number)).isPresent()
        ? Optional.of(read(number)).filter(commit -> commit.run().equals(run.id()))
        : Optional.empty();
  }

  /**
   * @throws LoaderException if the file was cut short or changed, or is of a later version
   */
  public Commit read(long number) throws IOException {
    Path file = state.commit(number);
    return parse(file, number, AtomicFile.read(store, file));
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
   * Commits a run. An answer that was lost does not matter: the commit is looked for.
   *
   * @throws LoaderException if another run has committed this number, or has taken this run's
   *     permit away; then nothing has changed
   * @throws IOException if the file system has failed and there is no such commit; whether one
   *     comes into being yet, {@link #settle} decides
   */
  public void commit(Commit commit, RunFolder run) throws IOException {
    // A name of its own: an application master that was presumed dead may be writing another one,
    // and would be renamed with half of it written.
    Path draft = new Path(run.permit(), "commit-" + UUID.randomUUID() + ".json");
    Path place = state.commit(commit.number());
    store.mkdirs(state.commits());
    try {
      // THE COMMIT POINT: all before this rename is invisible, all after it can be repeated.
      AtomicFile.create(store, draft, place, Json.writeSealed(commit));
    } catch (IOException e) {
      if (isMade(commit, run, e)) {
        LOG.info("Commit {} is made, though its rename ended with {}", place, e.toString());
        return;
      }
      throw notMade(place, run, e);
    }
  }

  private boolean isMade(Commit commit, RunFolder run, IOException failure) throws IOException {
    try {
      return find(commit.number(), run).isPresent();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static IOException notMade(Path place, RunFolder run, IOException failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return new LoaderException(
          ExitCode.BUSY,
          "Another run committed " + place + " first. Start this one again to go on from there.",
          failure);
    }
    if (failure instanceof FileNotFoundException) {
      return new LoaderException(
          ExitCode.BUSY,
          "Another run took this one ("
              + run.id()
              + ") for dead and removed its permit. Start it again.",
          failure);
    }
    return failure;
  }

  /**
   * Ends a run that has failed: makes sure that it does not commit any more, and then looks whether
   * it has. Only for its driver.
   *
   * @param failure what the run failed with
   * @return its commit; empty if there is none, and then there will be none
   * @throws LoaderException if that cannot be found out now
   */
  public Optional<Commit> settle(long number, RunFolder run, Exception failure)
      throws LoaderException {
    try {
      // The rename, or the whole job, may still be on its way. First it must not succeed any more.
      store.delete(run.permit());
      return find(number, run);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The file system fails ("
              + StorageFailure.describe(e)
              + "), and whether commit "
              + number
              + " was made cannot be found out now. history shows it when the file system works"
              + " again, and the next run resumes from what is committed then: nothing is lost, and"
              + " nothing lands twice. It began with: "
              + message(failure),
          failure);
    }
  }

  private static String message(Exception failure) {
    return failure instanceof IOException io ? StorageFailure.describe(io) : failure.toString();
  }

  /**
   * Whether nothing is left to be done about a commit: all its files stand in their places, or a
   * rollback has passed over it.
   */
  boolean isSettled(long number) throws IOException {
    if (store.entry(state.published(number)).isPresent()) {
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
    }
  }
}
