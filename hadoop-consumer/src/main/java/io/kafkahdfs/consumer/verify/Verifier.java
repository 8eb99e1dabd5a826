package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Share;
import io.kafkahdfs.console.Progress;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.verify.Finding.Kind;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.HiddenName;
import java.io.IOException;
import java.util.ArrayList;
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
  private final LongFunction<Progress> progress;

  /**
   * @param deep which files are read, too
   * @param progress shows how far it is with reading so many records
   */
  public Verifier(
      LoadOutput output, Configuration configuration, Share deep, LongFunction<Progress> progress) {
    this.output = output;
    this.commits = new CommitStore(output.store(), output.state());
    this.fileCheck = new FileCheck(output.store(), configuration);
    this.deep = deep;
    this.progress = progress;
  }

  /** Looks at all commits that stand, and for files that none of them has landed. */
  public Verification all() throws IOException {
    // Files first: a commit that is read after that has landed what is there now.
    Map<String, FileEntry> foreign = new TreeMap<>();
    collect(output.state().root(), foreign);
    collect(new Path(output.state().root(), Quarantine.FOLDER), foreign);
    Standing standing = Standing.of(commits.all());
    Map<String, Standing.Held> files = standing.filesAt(standing.last());
    foreign.keySet().removeAll(files.keySet());
    List<Finding> findings = new ArrayList<>();
    for (String path : foreign.keySet()) {
      if (output.store().entry(new Path(output.state().root(), path)).isEmpty()) {
        // It was taken out of the output after it had been listed.
        continue;
      }
      findings.add(new Finding(Kind.FOREIGN, null, path, "no commit that stands has landed it"));
    }
    return check(standing.commitsAt(standing.last()), files, findings);
  }

  /**
   * Looks at one commit.
   *
   * @throws InvalidSettingException if there is no such commit, or it was rolled back
   */
  public Verification one(long number) throws IOException {
    Standing standing = Standing.of(commits.all());
    if (number > standing.last()) {
      throw new InvalidSettingException(
          "There is no commit " + number + "; the last one is " + standing.last() + ".");
    }
    List<Commit> commit =
        standing.commitsAt(standing.last()).stream()
            .filter(candidate -> candidate.number() == number)
            .toList();
    if (commit.isEmpty()) {
      throw new InvalidSettingException(
          "Commit " + number + " was rolled back: its files are in the trash, if at all.");
    }
    return check(commit, standing.filesAt(standing.last()), new ArrayList<>());
  }

  /** How much was looked at. */
  record Extent(long files, long records, long bytes) {
    static final Extent NOTHING = new Extent(0, 0, 0);

    Extent plus(LandedFile file) {
      return new Extent(files + 1, records + file.records(), bytes + file.bytes());
    }
  }

  /**
   * @param standing the files that stand; what else the commits have landed was forgotten
   */
  private Verification check(
      List<Commit> chosen, Map<String, Standing.Held> standing, List<Finding> findings)
      throws IOException {
    findings.addAll(OffsetCheck.of(chosen));
    Set<Long> unpublished = Set.copyOf(commits.list().unpublished());
    long expected =
        chosen.stream()
            .flatMap(commit -> commit.files().stream())
            .filter(file -> standing.containsKey(file.path()) && deep.has(file.path()))
            .mapToLong(LandedFile::records)
            .sum();
    Progress shown = deep.isNone() ? null : progress.apply(expected);
    Extent looked = Extent.NOTHING;
    Extent read = Extent.NOTHING;
    Extent forgotten = Extent.NOTHING;
    for (Commit commit : chosen) {
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
        if (!standing.containsKey(file.path())) {
          forgotten = forgotten.plus(file);
          continue;
        }
        boolean isRead = deep.has(file.path());
        problem(commit, file, published, isRead)
            .ifPresent(
                found ->
                    findings.add(
                        new Finding(found.kind(), commit.number(), file.path(), found.detail())));
        looked = looked.plus(file);
        if (isRead) {
          read = read.plus(file);
          shown.update(read.records(), read.bytes());
        }
      }
    }
    if (shown != null) {
      shown.clear();
    }
    return Verification.of(chosen.size(), looked, deep, read, forgotten, findings);
  }

  private record Problem(Kind kind, String detail) {}

  private Optional<Problem> problem(Commit commit, LandedFile file, boolean published, boolean read)
      throws IOException {
    Path path = new Path(output.state().root(), file.path());
    Optional<FileEntry> entry = output.store().entry(path);
    if (entry.isEmpty()) {
      return published ? Optional.of(new Problem(Kind.MISSING, file.offsets())) : Optional.empty();
    }
    if (entry.get().length() != file.bytes()) {
      return Optional.of(
          new Problem(
              Kind.CHANGED, "it has " + entry.get().length() + " bytes, not " + file.bytes()));
    }
    return read
        ? fileCheck
            .check(
                path,
                file,
                file.holdsBad() ? FileFormat.AVRO : FileFormat.named(commit.load().format()),
                file.holdsBad() || commit.load().keepsOrigin())
            .map(detail -> new Problem(Kind.CHANGED, detail))
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
