package io.kafkahdfs.consumer.repair;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.Elsewhere;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.state.LoadOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Finds files that are missing, and what else must be loaded again with them. */
public final class DamageSurvey {
  private final LoadOutput output;
  private final Files chosen;
  private final Elsewhere elsewhere;

  /** Which files are looked for. */
  @FunctionalInterface
  public interface Files {
    boolean has(LandedFile file) throws IOException;
  }

  /**
   * @param chosen which files are looked for
   * @param elsewhere asked for the records of what is missing
   */
  public DamageSurvey(LoadOutput output, Files chosen, Elsewhere elsewhere) {
    this.output = output;
    this.chosen = chosen;
    this.elsewhere = elsewhere;
  }

  /**
   * What was found.
   *
   * @param leftAlone files that are missing and cannot be loaded again, each with the reason, for
   *     people
   * @param elsewhere how many files are gone whose records the load's table has
   */
  public record Found(List<Damage> damages, List<String> leftAlone, int elsewhere) {
    public Found {
      damages = List.copyOf(damages);
      leftAlone = List.copyOf(leftAlone);
    }
  }

  /**
   * Looks at all files that stand. Changes nothing.
   *
   * @throws io.kafkahdfs.failure.LoaderException if a commit is not published: which files are gone
   *     cannot be told as long as some are on their way
   */
  public Found look() throws IOException {
    CommitStore commits = new CommitStore(output.store(), output.state());
    commits.checkPublished();
    Standing standing = new Standing();
    Map<Long, LoadIdentity> loads = new HashMap<>();
    commits.each(
        (Commit commit) -> {
          standing.add(commit);
          loads.put(commit.number(), commit.load());
        });
    LoadIdentity now = loads.get(standing.last());
    Collection<Standing.Held> files = standing.filesAt(standing.last()).values();
    List<String> leftAlone = new ArrayList<>();
    Set<LandedFile> gone = new HashSet<>();
    for (Standing.Held held : files) {
      LandedFile file = held.file();
      if (!chosen.has(file) || !isMissing(file)) {
        continue;
      }
      if (loads.get(held.commit()).landsLike(now)) {
        gone.add(file);
      } else {
        leftAlone.add(
            file.path()
                + " is missing, and was landed by another load ("
                + loads.get(held.commit())
                + ")");
      }
    }
    Set<LandedFile> missing = lacking(gone);
    Map<String, List<Lost>> folders = new TreeMap<>();
    for (Standing.Held held : files) {
      folders
          .computeIfAbsent(folder(held.file()), ignored -> new ArrayList<>())
          .add(new Lost(held, missing.contains(held.file())));
    }
    folders
        .keySet()
        .retainAll(missing.stream().map(DamageSurvey::folder).collect(Collectors.toSet()));
    gone.removeAll(missing);
    List<Damage> damages = new ArrayList<>();
    for (Map.Entry<String, List<Lost>> folder : folders.entrySet()) {
      for (Damage damage : together(folder.getKey(), folder.getValue())) {
        if (damage.files().stream().noneMatch(each -> gone.contains(each.held().file()))) {
          damages.add(damage);
        } else {
          leftAlone.addAll(amongRewritten(damage));
        }
      }
    }
    return new Found(damages, leftAlone, gone.size());
  }

  private static List<String> amongRewritten(Damage damage) {
    return damage.files().stream()
        .filter(Lost::missing)
        .map(
            each ->
                each.held().file().path()
                    + " is missing, and has records between those of files that the table has"
                    + " written anew")
        .toList();
  }

  private static String folder(LandedFile file) {
    return new Path(file.path()).getParent().toString();
  }

  /** Those whose records nobody else has: what sums do not tell is read. */
  private Set<LandedFile> lacking(Set<LandedFile> gone) throws IOException {
    if (gone.isEmpty()) {
      return gone;
    }
    Set<LandedFile> bySums = elsewhere.lacks(gone, Set.of()).keySet();
    return bySums.isEmpty() ? bySums : elsewhere.lacks(bySums, bySums).keySet();
  }

  private boolean isMissing(LandedFile file) throws IOException {
    return output.store().entry(new Path(output.state().root(), file.path())).isEmpty();
  }

  /** A part of a file. */
  private record Piece(int file, LandedFile.Part part) {}

  /** Files that overlap, one by one or in a chain, if any of them is missing. */
  static List<Damage> together(String folder, List<Lost> all) {
    int[] group = new int[all.size()];
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      group[i] = i;
      for (LandedFile.Part part : all.get(i).held().file().parts()) {
        pieces.add(new Piece(i, part));
      }
    }
    pieces.sort(
        Comparator.comparing((Piece piece) -> piece.part().id())
            .thenComparingLong(piece -> piece.part().firstOffset()));
    Piece widest = null;
    for (Piece piece : pieces) {
      boolean overlaps =
          widest != null
              && widest.part().id().equals(piece.part().id())
              && piece.part().firstOffset() <= widest.part().lastOffset();
      if (overlaps) {
        group[root(group, piece.file())] = root(group, widest.file());
      }
      if (!overlaps || piece.part().lastOffset() > widest.part().lastOffset()) {
        widest = piece;
      }
    }
    Map<Integer, List<Lost>> groups = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      groups.computeIfAbsent(root(group, i), ignored -> new ArrayList<>()).add(all.get(i));
    }
    return groups.values().stream()
        .filter(files -> files.stream().anyMatch(Lost::missing))
        .map(files -> new Damage(folder, files))
        .toList();
  }

  private static int root(int[] group, int file) {
    int at = file;
    while (group[at] != at) {
      group[at] = group[group[at]];
      at = group[at];
    }
    return at;
  }
}
