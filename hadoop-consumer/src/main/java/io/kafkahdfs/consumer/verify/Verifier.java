package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Share;
import io.kafkahdfs.console.Progress;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.Elsewhere;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.verify.Finding.Kind;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.print.RecordFilter;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.HiddenName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Holds an output against its commits. Changes nothing, and needs no lock: what a run publishes
 * meanwhile does not disturb it.
 */
public final class Verifier {
  private final LoadOutput output;
  private final CommitStore commits;
  private final FileCheck fileCheck;
  private final Share deep;
  private final Elsewhere elsewhere;
  private final LongFunction<Progress> progress;

  /**
   * @param deep which files are read, too
   * @param elsewhere asked for the records of files that are missing, if any is
   * @param progress shows how far it is with reading so many records
   */
  public Verifier(
      LoadOutput output,
      Configuration configuration,
      Share deep,
      Elsewhere elsewhere,
      LongFunction<Progress> progress) {
    this.output = output;
    this.elsewhere = elsewhere;
    this.commits = new CommitStore(output.store(), output.state());
    this.fileCheck = new FileCheck(output.store(), configuration);
    this.deep = deep;
    this.progress = progress;
  }

  /**
   * What is looked at.
   *
   * @param commit the number of the only one; empty for all that stand
   * @param since only commits that were made at this time or later
   * @param where only files whose folders are these
   */
  public record Choice(Optional<Long> commit, Instant since, RecordFilter where) {
    private boolean isOfSome() {
      return commit.isPresent() || since.isAfter(Instant.MIN);
    }

    private boolean has(Commit candidate) {
      return commit.filter(number -> number != candidate.number()).isEmpty()
          && !Instant.parse(candidate.committed()).isBefore(since);
    }
  }

  /**
   * Looks at commits that stand, and, if they are all, for files that none of them has landed.
   *
   * @throws InvalidSettingException if there is no such commit, or it was rolled back
   */
  public Verification verify(Choice choice) throws IOException {
    // Files first: a commit that is read after that has landed what is there now.
    Map<String, FileEntry> there = new TreeMap<>();
    if (!choice.isOfSome()) {
      collect(output.state().root(), there);
      collect(new Path(output.state().root(), Quarantine.FOLDER), there);
    }
    Standing standing = commits.standing();
    if (choice.commit().isPresent()) {
      checkStands(choice.commit().get(), standing);
    }
    Map<String, Standing.Held> files = standing.filesAt(standing.last());
    there.keySet().removeAll(files.keySet());
    Check check = new Check(choice, files, standing.forgotten());
    check.foreign(there.keySet());
    Set<Long> numbers = standing.numbersAt(standing.last());
    commits.each(
        commit -> {
          if (numbers.contains(commit.number()) && choice.has(commit)) {
            check.look(commit);
          }
        });
    return check.done();
  }

  private static void checkStands(long number, Standing standing) throws InvalidSettingException {
    if (number > standing.last()) {
      throw new InvalidSettingException(
          "There is no commit " + number + "; the last one is " + standing.last() + ".");
    }
    if (!standing.numbersAt(standing.last()).contains(number)) {
      throw new InvalidSettingException(
          "Commit " + number + " was rolled back: its files are in the trash, if at all.");
    }
  }

  /** How much was looked at. */
  record Extent(long files, long records, long bytes) {
    static final Extent NOTHING = new Extent(0, 0, 0);

    Extent plus(LandedFile file) {
      return new Extent(files + 1, records + file.records(), bytes + file.bytes());
    }
  }

  /**
   * How many files are gone whose records are elsewhere, and in how many of them they were read.
   */
  record HeldElsewhere(long files, long read) {}

  /** A file that a commit has landed, and that is not in its place any more. */
  private record Left(long commit, String path) {}

  /** Looks at one commit after the other. */
  private final class Check {
    private final Choice choice;
    private final Map<String, Standing.Held> standing;
    private final Set<Left> onPurpose = new HashSet<>();
    private final Set<Long> unpublished;
    private final OffsetCheck offsets = new OffsetCheck();
    private final List<Finding> findings = new ArrayList<>();
    private final Progress shown;
    private long looked;
    private Extent present = Extent.NOTHING;
    private Extent read = Extent.NOTHING;
    private Extent forgotten = Extent.NOTHING;

    /** What is missing, and the commits that have landed it. */
    private final Map<LandedFile, Long> gone = new LinkedHashMap<>();

    /**
     * @param standing the files that stand; what else commits have landed was forgotten, or merged
     */
    Check(Choice choice, Map<String, Standing.Held> standing, List<LeavingFile> forgotten)
        throws IOException {
      this.choice = choice;
      this.standing = standing;
      forgotten.forEach(file -> this.onPurpose.add(new Left(file.commit(), file.path())));
      this.unpublished = Set.copyOf(commits.list().unpublished());
      long expected = 0;
      for (Standing.Held held : standing.values()) {
        boolean isRead = deep.has(held.file().path()) && choice.where().mayBeIn(held.file().path());
        if (isRead && choice.commit().filter(number -> number != held.commit()).isEmpty()) {
          expected += held.file().records();
        }
      }
      this.shown = deep.isNone() ? null : progress.apply(expected);
    }

    void foreign(Set<String> paths) throws IOException {
      for (String path : paths) {
        // It may have been taken out of the output after it had been listed.
        if (choice.where().mayBeIn(path)
            && output.store().entry(new Path(output.state().root(), path)).isPresent()) {
          findings.add(
              new Finding(Kind.FOREIGN, null, path, "no commit that stands has landed it"));
        }
      }
    }

    void look(Commit commit) throws IOException {
      looked++;
      offsets.take(commit);
      boolean published = !unpublished.contains(commit.number());
      if (!published) {
        findings.add(
            new Finding(
                Kind.UNPUBLISHED,
                commit.number(),
                output.state().root().toString(),
                "recover, or the next run, puts its files into their places"));
      }
      for (LandedFile file : commit.files()) {
        if (!choice.where().mayBeIn(file.path())) {
          continue;
        }
        if (standing.containsKey(file.path())) {
          look(commit, file, published);
        } else if (onPurpose.contains(new Left(commit.number(), file.path()))) {
          forgotten = forgotten.plus(file);
        }
      }
    }

    private void look(Commit commit, LandedFile file, boolean published) throws IOException {
      Path path = new Path(output.state().root(), file.path());
      Optional<FileEntry> entry = output.store().entry(path);
      present = present.plus(file);
      if (entry.isEmpty()) {
        if (published) {
          gone.put(file, commit.number());
        }
        return;
      }
      boolean isRead = deep.has(file.path());
      wrong(commit, file, entry.get(), isRead)
          .ifPresent(
              detail ->
                  findings.add(new Finding(Kind.CHANGED, commit.number(), file.path(), detail)));
      if (isRead) {
        read = read.plus(file);
        shown.update(read.records(), read.bytes());
      }
    }

    Verification done() throws IOException {
      if (shown != null) {
        shown.clear();
      }
      List<Finding> all = new ArrayList<>(findings);
      HeldElsewhere held = missing(all);
      all.addAll(offsets.findings());
      return Verification.of(looked, present, deep, read, forgotten, held, all);
    }

    /** Adds what is missing, and gives what is elsewhere. */
    private HeldElsewhere missing(List<Finding> all) throws IOException {
      if (gone.isEmpty()) {
        return new HeldElsewhere(0, 0);
      }
      Set<LandedFile> asked = new HashSet<>(gone.keySet());
      asked.removeIf(file -> !deep.has(file.path()));
      Map<LandedFile, String> lacking = elsewhere.lacks(gone.keySet(), asked);
      gone.forEach(
          (file, commit) -> {
            String why = lacking.get(file);
            if (why != null) {
              String detail = file.offsets() + (why.isEmpty() ? "" : "; " + why);
              all.add(new Finding(Kind.MISSING, commit, file.path(), detail));
            }
          });
      asked.removeAll(lacking.keySet());
      return new HeldElsewhere(gone.size() - lacking.size(), asked.size());
    }
  }

  /**
   * @return what is wrong with a file that is there, in words; empty if nothing is
   */
  private Optional<String> wrong(Commit commit, LandedFile file, FileEntry entry, boolean read)
      throws IOException {
    if (entry.length() != file.bytes()) {
      return Optional.of("it has " + entry.length() + " bytes, not " + file.bytes());
    }
    return read
        ? fileCheck.check(
            entry.path(),
            file,
            file.holdsBad() ? FileFormat.AVRO : FileFormat.named(commit.load().format()),
            file.holdsBad() || commit.load().keepsOrigin())
        : Optional.empty();
  }

  /** All files that a reader of a folder sees, by their paths below the output root. */
  private void collect(Path folder, Map<String, FileEntry> files) throws IOException {
    for (FileEntry entry : output.store().list(folder)) {
      if (HiddenName.is(entry.name())) {
        continue;
      }
      if (entry.directory()) {
        collect(entry.path(), files);
      } else {
        files.put(output.state().root().toUri().relativize(entry.path().toUri()).getPath(), entry);
      }
    }
  }
}
