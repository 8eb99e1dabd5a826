package io.kafkahdfs.consumer.commit;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a load holds after all that its commits did and undid: which of them still stand, and where
 * their files are. Commits are only ever added; a rollback is a commit that says to which earlier
 * one the output went back, and what it undid can stand again by another rollback.
 */
public final class Standing {
  private final Map<Long, Landed> landed = new HashMap<>();
  private final Lineage lineage = new Lineage();
  private final SortedMap<String, Held> inPlace = new TreeMap<>();
  private final Map<String, Held> inTrash = new HashMap<>();
  private final Map<Held, Long> purged = new HashMap<>();

  /** Those that were gone when they left. */
  private final Set<Held> gone = new HashSet<>();

  /**
   * A file and the commit that landed it. Paths come again: what was rolled back is loaded again.
   *
   * @param commit its number
   */
  public record Held(long commit, LandedFile file) {}

  /** What of a commit must be kept: it has much more. */
  private record Landed(
      List<LandedFile> files, List<LeavingFile> leaving, List<LeavingFile> forgotten) {}

  /** The next commit, in their order, from the first one on. */
  public void add(Commit commit) {
    landed.put(commit.number(), new Landed(commit.files(), commit.leaving(), commit.forgotten()));
    lineage.add(commit);
    if (commit.rollback().isPresent()) {
      Rollback rollback = commit.rollback().get();
      for (Rollback.Move move : rollback.trashed()) {
        trash(move.trash(), inPlace.remove(move.path()));
      }
      // What stood in place and did not go into the trash was missing already.
      inPlace.clear();
      for (Rollback.Move move : rollback.restored()) {
        inTrash.remove(move.trash());
      }
      inPlace.putAll(filesAt(commit.number()));
    }
    for (LeavingFile file : commit.leaving()) {
      Held held = inPlace.remove(file.path());
      if (file.trash() != null) {
        trash(file.trash(), held);
      } else {
        gone.add(held);
      }
    }
    for (LandedFile file : commit.files()) {
      inPlace.put(file.path(), new Held(commit.number(), file));
    }
    purge(commit);
  }

  /** It was there to be moved, whatever it was before. */
  private void trash(String path, Held held) {
    inTrash.put(path, held);
    gone.remove(held);
  }

  private void purge(Commit commit) {
    Set<String> folders = Set.copyOf(commit.purged());
    if (folders.isEmpty()) {
      return;
    }
    for (String path : List.copyOf(inTrash.keySet())) {
      if (folders.contains(path.substring(0, path.indexOf('/')))) {
        purged.put(inTrash.remove(path), commit.number());
      }
    }
  }

  /** The numbers of the commits that stand after a commit was made. */
  public SortedSet<Long> numbersAt(long number) {
    return lineage.standingAt(number);
  }

  /** The files that stand after a commit was made, by their paths below the output root. */
  public SortedMap<String, Held> filesAt(long number) {
    SortedMap<String, Held> files = new TreeMap<>();
    for (long standing : numbersAt(number)) {
      landed.get(standing).leaving().forEach(file -> files.remove(file.path()));
      for (LandedFile file : landed.get(standing).files()) {
        files.put(file.path(), new Held(standing, file));
      }
    }
    return files;
  }

  /** All files that were landed by the commits that stand now, also those that left. */
  List<LandedFile> landed() {
    return numbersAt(last()).stream().flatMap(n -> landed.get(n).files().stream()).toList();
  }

  /** The files that left on purpose, by commits that stand now. */
  public List<LeavingFile> forgotten() {
    return forgottenAt(last());
  }

  private List<LeavingFile> forgottenAt(long number) {
    return numbersAt(number).stream().flatMap(n -> landed.get(n).forgotten().stream()).toList();
  }

  /** What the output holds after a commit was made. */
  Holding holdingAt(long number) {
    return Holding.of(
        filesAt(number).values().stream().map(Held::file).toList(), forgottenAt(number));
  }

  /** The files in the trash, and where they are below the trash folder. */
  public Map<Held, String> trashed() {
    Map<Held, String> trashed = new HashMap<>();
    inTrash.forEach((path, held) -> trashed.put(held, path));
    return Collections.unmodifiableMap(trashed);
  }

  /** Which commit has removed a file from the trash for good; empty if none has. */
  Optional<Long> purged(Held held) {
    return Optional.ofNullable(purged.get(held));
  }

  /** Whether a file was missing already when it left the output. */
  boolean wasGone(Held held) {
    return gone.contains(held);
  }

  /** The number of the last commit, 0 if there is none. */
  public long last() {
    return lineage.last();
  }
}
