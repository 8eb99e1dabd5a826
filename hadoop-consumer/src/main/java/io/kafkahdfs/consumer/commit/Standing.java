package io.kafkahdfs.consumer.commit;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a load holds after all that its commits did and undid: which of them still stand, and where
 * their files are. Commits are only ever added; a rollback is a commit that says to which earlier
 * one the output went back, and what it undid can stand again by another rollback.
 */
public final class Standing {
  private final Map<Long, Commit> commits = new HashMap<>();
  private final Lineage lineage = new Lineage();
  private final Map<Held, String> trashed = new HashMap<>();
  private final Map<Held, Long> purged = new HashMap<>();

  private Standing() {}

  /**
   * A file and the commit that landed it. Paths come again: what was rolled back is loaded again.
   *
   * @param commit its number
   */
  public record Held(long commit, LandedFile file) {}

  /**
   * @param all commits of a load, in their order, from the first one on
   */
  public static Standing of(List<Commit> all) {
    Standing standing = new Standing();
    SortedMap<String, Held> inPlace = new TreeMap<>();
    Map<String, Held> inTrash = new HashMap<>();
    for (Commit commit : all) {
      standing.commits.put(commit.number(), commit);
      standing.lineage.add(commit);
      if (commit.rollback().isPresent()) {
        Rollback rollback = commit.rollback().get();
        for (Rollback.Move move : rollback.trashed()) {
          inTrash.put(move.trash(), inPlace.remove(move.path()));
        }
        // What stood in place and did not go into the trash was missing already.
        inPlace.clear();
        for (Rollback.Move move : rollback.restored()) {
          inTrash.remove(move.trash());
        }
        inPlace.putAll(standing.filesAt(commit.number()));
      }
      for (Forgotten.File file : commit.forgotten()) {
        Held held = inPlace.remove(file.path());
        if (file.trash() != null) {
          inTrash.put(file.trash(), held);
        }
      }
      for (LandedFile file : commit.files()) {
        inPlace.put(file.path(), new Held(commit.number(), file));
      }
      standing.purge(commit, inTrash);
    }
    inTrash.forEach((path, held) -> standing.trashed.put(held, path));
    return standing;
  }

  private void purge(Commit commit, Map<String, Held> inTrash) {
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

  /** The commits that stand after a commit was made, in their order. */
  public List<Commit> commitsAt(long number) {
    return lineage.standingAt(number).stream().map(commits::get).toList();
  }

  /** The files that stand after a commit was made, by their paths below the output root. */
  public SortedMap<String, Held> filesAt(long number) {
    SortedMap<String, Held> files = new TreeMap<>();
    for (Commit commit : commitsAt(number)) {
      commit.forgotten().forEach(file -> files.remove(file.path()));
      for (LandedFile file : commit.files()) {
        files.put(file.path(), new Held(commit.number(), file));
      }
    }
    return files;
  }

  /** The files in the trash, and where they are below the trash folder. */
  public Map<Held, String> trashed() {
    return Collections.unmodifiableMap(trashed);
  }

  /** Which commit has removed a file from the trash for good; empty if none has. */
  Optional<Long> purged(Held held) {
    return Optional.ofNullable(purged.get(held));
  }

  /** The number of the last commit, 0 if there is none. */
  public long last() {
    return lineage.last();
  }
}
