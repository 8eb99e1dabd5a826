package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FileNames;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks, before anything is read and again before the commit, whether what a run lands can be put
 * into place: a commit whose files cannot would stand, and nobody could see its records.
 */
public final class RoomCheck {
  private static final String NAME_LIMIT = "dfs.namenode.fs-limits.max-component-length";

  /** What is made to see whether it can be; hidden from readers. */
  private static final String TRIAL = ".room";

  private final FileStore store;
  private final StateFolder state;

  public RoomCheck(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /** The topics that records of a plan may land for. */
  public static SortedSet<String> topics(List<PlannedSplit> splits) {
    SortedSet<String> topics = new TreeSet<>();
    splits.forEach(split -> split.ranges().forEach(range -> topics.add(range.partition().topic())));
    return topics;
  }

  /**
   * What can be told without writing anything.
   *
   * @param configuration which may say how long names may be; the NameNode's own word counts
   * @throws LoaderException if a file stands where a topic's folder belongs, or names are too long
   */
  public void look(Collection<String> topics, Configuration configuration) throws IOException {
    int limit = configuration.getInt(NAME_LIMIT, 255);
    for (String topic : topics) {
      Path folder = new Path(state.root(), topic);
      if (store.entry(folder).filter(entry -> !entry.directory()).isPresent()) {
        throw new LoaderException(
            ExitCode.HDFS_UNUSABLE,
            "A file stands where the folder of the topic "
                + topic
                + " belongs: "
                + folder
                + ". Move it away, leave the topic out (--exclude), or use another --output.");
      }
      if (limit > 0 && FileNames.longestName(topic) > limit) {
        throw namesTooLong(topic, NAME_LIMIT + " is " + limit + ".");
      }
    }
  }

  /**
   * Tries it, in the run's folder, among the commits and in the topics' folders.
   *
   * @throws LoaderException if a limit or a quota is in the way; its message names it
   */
  public void tryOut(RunFolder run, Collection<String> topics) throws IOException {
    Optional<String> longest = topics.stream().max(Comparator.comparingInt(FileNames::longestName));
    if (longest.isPresent()) {
      try {
        store.mkdirs(new Path(run.path(), "n".repeat(FileNames.longestName(longest.get()))));
      } catch (IOException e) {
        throw StorageFailure.isLimit(e)
            ? namesTooLong(longest.get(), StorageFailure.describe(e))
            : e;
      }
    }
    // A commit takes two places: its own, and that of the mark that it is published.
    tryEntries(state.commits(), List.of(TRIAL + "-1", TRIAL + "-2"));
    boolean inRoot = false;
    for (String topic : topics) {
      Optional<FileEntry> folder = store.entry(new Path(state.root(), topic));
      if (folder.isPresent()) {
        tryEntries(folder.get().path(), List.of(TRIAL));
      }
      inRoot |= folder.isEmpty();
    }
    if (inRoot) {
      tryEntries(state.root(), List.of(TRIAL));
    }
  }

  /**
   * Tries whether the folders of the topics take all files of a commit. Where they are far from
   * what the configuration says that a folder takes, there is nothing to try.
   *
   * @throws LoaderException if they do not
   */
  void tryOut(Commit commit) throws IOException {
    for (Map.Entry<Path, Set<String>> entry : newEntries(commit).entrySet()) {
      Optional<FileEntry> folder = store.entry(entry.getKey());
      if (folder.filter(there -> !there.directory()).isPresent()) {
        throw new LoaderException(
            ExitCode.HDFS_UNUSABLE,
            "A file stands where a folder of the output belongs: "
                + entry.getKey()
                + ". Move it away, or use another --layout or --output.");
      }
      int count = entry.getValue().size();
      if (folder.isPresent() && folder.get().room() < count) {
        tryEntries(
            entry.getKey(),
            IntStream.rangeClosed(1, count).mapToObj(i -> TRIAL + "-" + i).toList());
      }
    }
  }

  /** What comes into each folder that is there: files, and folders that are not there yet. */
  private SortedMap<Path, Set<String>> newEntries(Commit commit) throws IOException {
    SortedMap<Path, Set<String>> entries = new TreeMap<>();
    Map<Path, Boolean> there = new HashMap<>();
    for (LandedFile file : commit.files()) {
      Path at = new Path(state.root(), file.path());
      do {
        Path folder = at.getParent();
        entries.computeIfAbsent(folder, ignored -> new HashSet<>()).add(at.getName());
        at = folder;
        if (!there.containsKey(at)) {
          there.put(at, store.entry(at).isPresent());
        }
      } while (!there.get(at) && !at.equals(state.root()));
    }
    entries.keySet().removeIf(folder -> !there.get(folder));
    return entries;
  }

  private void tryEntries(Path folder, List<String> names) throws IOException {
    try {
      for (String name : names) {
        store.mkdirs(new Path(folder, name));
      }
    } catch (IOException e) {
      if (!StorageFailure.isLimit(e)) {
        throw e;
      }
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "There is no room in "
              + folder
              + " for "
              + (names.size() == 1 ? "one more entry" : names.size() + " more entries")
              + ", which a commit takes. "
              + StorageFailure.describe(e),
          e);
    } finally {
      for (String name : names) {
        store.delete(new Path(folder, name));
      }
    }
  }

  private static LoaderException namesTooLong(String topic, String why) {
    return new LoaderException(
        ExitCode.HDFS_UNUSABLE,
        "The names of the files of the topic "
            + topic
            + " take up to "
            + FileNames.longestName(topic)
            + " bytes, and HDFS refuses that: "
            + why
            + " Raise "
            + NAME_LIMIT
            + " on the NameNode, or leave the topic out (--exclude).");
  }
}
