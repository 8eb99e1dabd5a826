package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommittedException;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.commit.Rollback;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.simulation.SimulatedFileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/**
 * Knows what was produced, looks at the output after each change, and holds it against the promises
 * of docs/commit-protocol.md. It has its own idea of what stands after a commit: it asks none of
 * the loader's classes but for the form of a commit's JSON.
 */
final class LoadAuditor implements SimulatedFileStore.Watcher {
  private final FileStore store;
  private final StateFolder state;
  private final Produced produced;
  private final String own;
  private final String commits;
  private final String trash;
  private final List<Made> made = new ArrayList<>();
  private final Map<Long, Path> places = new TreeMap<>();
  private final Set<Long> published = new HashSet<>();
  private final Set<String> committed = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  /**
   * @param store without faults
   */
  LoadAuditor(FileStore store, StateFolder state, Produced produced) {
    this.store = store;
    this.state = state;
    this.produced = produced;
    this.own = state.path().toUri().getPath();
    this.commits = state.commits().toUri().getPath();
    this.trash = state.trash().toUri().getPath();
  }

  /**
   * A commit, and what is so after it.
   *
   * @param json as it was when it was made
   * @param next where the next run begins
   * @param standing the files that stand, by path, with the commit that landed them
   * @param trash the files that can be brought back, by their paths below the trash
   */
  private record Made(
      Commit commit,
      byte[] json,
      SortedMap<PartitionId, Long> next,
      SortedMap<String, Standing> standing,
      SortedMap<String, Trashed> trash) {}

  /** A file in the trash, as soon as the commit that puts it there is published. */
  private record Trashed(long commit, long bytes) {}

  /** A file that stands, and where; what it holds is looked at once. */
  private record Standing(long commit, LandedFile file, Path path) {}

  @Override
  public void changed(Path path) throws IOException {
    String changed = path.toUri().getPath();
    if (changed.startsWith(commits)) {
      lookAtCommits();
      lookAtFiles(changed::endsWith);
      lookAtTrash();
    } else if (!changed.startsWith(own) || changed.startsWith(trash)) {
      lookAtFiles(changed::endsWith);
      lookAtTrash();
    }
  }

  int commits() {
    return made.size();
  }

  /** Where the next run begins after the last commit. */
  SortedMap<PartitionId, Long> next() {
    return made.isEmpty() ? new TreeMap<>() : last().next;
  }

  private Made last() {
    return made.get(made.size() - 1);
  }

  /** A run has ended with exit code 0 and says that it has committed. */
  void saidCommitted(String run, long number) {
    check(number <= made.size(), "%s says that it made commit %d, which is not there", run, number);
    Commit commit = made.get((int) number - 1).commit;
    check(commit.run().equals(run), "%s says that it made commit %d of %s", run, number, commit);
    check(published.contains(number), "%s says that commit %d is done: unpublished", run, number);
  }

  /**
   * A run has ended with exit code 0 and says that there was nothing to do.
   *
   * @param ends where the partitions ended when it began
   * @param next where it says that it stands
   */
  void saidNothingToDo(String run, SortedMap<PartitionId, Long> ends, Map<String, Long> next) {
    ends.forEach(
        (partition, end) ->
            check(
                end == 0 || next.getOrDefault(partition.toString(), 0L) >= end,
                "%s says that there is nothing to do, but %s ended at %d before it began: %s",
                run,
                partition,
                end,
                next));
    check(!committed.contains(run), "%s says that there was nothing to do, and has committed", run);
  }

  /** A run has ended with a message that says that a commit, its own or another, is made. */
  void saidCommitted(CommittedException said) {
    check(said.number() <= made.size(), "There is no such commit: %s", said.getMessage());
  }

  /** A run has ended with a message that says that it has landed nothing. */
  void saidNothingLanded(String run, String message) {
    check(!committed.contains(run), "%s has committed, and says: %s", run, message);
    refused.add(run);
  }

  /** Looks at everything, when all is at rest and the last run has found nothing to do. */
  void lookAtEnd() throws IOException {
    lookAtCommits();
    lookAtFiles(path -> true);
    lookAtTrash();
    for (Made each : made) {
      byte[] json = AtomicFile.read(store, places.get(each.commit.number()));
      check(Arrays.equals(json, each.json), "Commit %d was changed", each.commit.number());
      check(published.contains(each.commit.number()), "Commit %d is unpublished", each.commit);
    }
    check(
        store.list(state.staging()).isEmpty(), "Staging is left: %s", store.list(state.staging()));
    produced
        .ends()
        .forEach(
            (partition, end) -> {
              // Of a partition whose records all expired before the first run nothing is kept.
              long next = next().getOrDefault(partition, produced.removedBefore(partition));
              check(next == end, "%s ends at %d, and the load at %d", partition, end, next);
            });
  }

  /** Those that are folded away, and the others. */
  private List<FileEntry> commitFiles() throws IOException {
    List<FileEntry> files = new ArrayList<>();
    for (FileEntry entry : store.list(state.commits())) {
      if (!entry.directory()) {
        files.add(entry);
      } else if (entry.name().equals("older")) {
        for (FileEntry folder : store.list(entry.path())) {
          files.addAll(store.list(folder.path()));
        }
      }
      // Else a run tries whether there is room for a commit.
    }
    return files;
  }

  private void lookAtCommits() throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    List<Long> marks = new ArrayList<>();
    places.clear();
    for (FileEntry entry : commitFiles()) {
      String[] name = entry.name().split("\\.");
      if (name[1].equals("json")) {
        long number = Long.parseLong(name[0]);
        check(numbers.add(number), "There are two commits %d", number);
        places.put(number, entry.path());
      } else if (published.add(Long.parseLong(name[0]))) {
        marks.add(Long.parseLong(name[0]));
      }
    }
    int before = made.size();
    check(
        numbers.size() >= before
            && (numbers.isEmpty() || numbers.first() == 1 && numbers.last() == numbers.size()),
        "Of commits 1 to %d there are %s",
        before,
        numbers);
    for (long number : numbers.tailSet(before + 1L)) {
      lookAtNew(number);
    }
    for (long mark : marks) {
      check(mark <= made.size(), "Commit %d is published, and not there", mark);
    }
  }

  private void lookAtNew(long number) throws IOException {
    byte[] json = AtomicFile.read(store, state.commit(number));
    Commit commit;
    try {
      commit = Json.readSealed(json, Commit.class);
    } catch (IOException e) {
      throw new AssertionError(
          "Commit " + number + " is not whole: " + new String(json, StandardCharsets.UTF_8), e);
    }
    check(commit.number() == number, "Commit %d says that it is %d", number, commit.number());
    check(committed.add(commit.run()), "%s has committed twice", commit.run());
    check(!refused.contains(commit.run()), "%s commits, after it said no", commit.run());
    SortedMap<PartitionId, Long> next = new TreeMap<>(next());
    SortedMap<String, Standing> standing =
        made.isEmpty() ? new TreeMap<>() : new TreeMap<>(last().standing);
    if (commit.change() != null && commit.change().rollback() != null) {
      int to = (int) commit.change().rollback().to();
      next = to == 0 ? new TreeMap<>() : new TreeMap<>(made.get(to - 1).next);
      standing = to == 0 ? new TreeMap<>() : new TreeMap<>(made.get(to - 1).standing);
    } else if (commit.change() != null) {
      for (ManualChange.OffsetEdit edit : commit.change().offsets()) {
        next.put(new PartitionId(edit.topic(), edit.partition()), edit.to());
      }
      if (commit.change().forgotten() != null) {
        for (LeavingFile file : commit.change().forgotten().files()) {
          check(
              standing.remove(file.path()) != null,
              "Commit %d forgets %s, which does not stand",
              number,
              file);
        }
      }
      if (commit.change().compacted() != null) {
        lookAtMerged(commit, standing);
      }
    } else {
      for (Commit.Partition range : commit.partitions()) {
        lookAtRange(commit, range, next);
      }
    }
    if (commit.change() == null || commit.change().compacted() != null) {
      for (LandedFile file : commit.files()) {
        Standing before =
            standing.put(
                file.path(), new Standing(number, file, new Path(state.root(), file.path())));
        check(before == null, "Commit %d lands %s again", number, file.path());
      }
    }
    SortedMap<PartitionId, Long> said = new TreeMap<>();
    commit
        .next()
        .forEach(each -> said.put(new PartitionId(each.topic(), each.partition()), each.offset()));
    if (commit.change() == null) {
      // Partitions without records are listed from the first commit on, where they begin.
      for (Map.Entry<PartitionId, Long> each : said.entrySet()) {
        if (next.putIfAbsent(each.getKey(), each.getValue()) == null) {
          check(
              each.getValue() <= produced.removedBefore(each.getKey()),
              "Commit %d begins at %s",
              number,
              each);
        }
      }
    }
    check(said.equals(next), "Commit %d goes on at %s, not at %s", number, said, next);
    lookAtHolding(commit, standing);
    made.add(new Made(commit, json, next, standing, trash(commit)));
  }

  /** The files that go, and those that come, hold the same records. */
  private void lookAtMerged(Commit commit, SortedMap<String, Standing> standing)
      throws IOException {
    Map<PartitionId, TreeSet<Long>> records = new TreeMap<>();
    for (LeavingFile file : commit.change().compacted().files()) {
      Standing stands = standing.remove(file.path());
      check(stands != null, "Commit %d merges %s, which does not stand", commit.number(), file);
      lookAtContent(stands.commit, stands.file, stands.path)
          .forEach(
              (partition, offsets) ->
                  records.computeIfAbsent(partition, ignored -> new TreeSet<>()).addAll(offsets));
    }
    Path attempts = state.run(commit.run()).attempts();
    for (LandedFile file : commit.files()) {
      lookAtContent(commit.number(), file, new Path(attempts, file.staged()))
          .forEach(
              (partition, offsets) ->
                  offsets.forEach(
                      offset ->
                          check(
                              records.containsKey(partition)
                                  && records.get(partition).remove(offset),
                              "Commit %d makes a record of %s@%d",
                              commit.number(),
                              partition,
                              offset)));
    }
    check(
        records.values().stream().allMatch(TreeSet::isEmpty),
        "Commit %d loses %s",
        commit.number(),
        records);
  }

  private static void lookAtHolding(Commit commit, SortedMap<String, Standing> standing) {
    long records = 0;
    long bad = 0;
    for (Standing stands : standing.values()) {
      boolean aside = stands.file.path().startsWith("_quarantine/");
      records += aside ? 0 : stands.file.records();
      bad += aside ? stands.file.records() : 0;
    }
    check(
        commit.ties().holding().records() == records
            && commit.ties().holding().quarantined() == bad,
        "After commit %d %d records stand and %d bad ones: %s",
        commit.number(),
        records,
        bad,
        commit.ties());
  }

  private SortedMap<String, Trashed> trash(Commit commit) {
    SortedMap<String, Trashed> kept =
        made.isEmpty() ? new TreeMap<>() : new TreeMap<>(last().trash);
    if (commit.change() == null) {
      return kept;
    }
    if (commit.change().rollback() != null) {
      for (Rollback.Move move : commit.change().rollback().trashed()) {
        kept.put(move.trash(), new Trashed(commit.number(), move.bytes()));
      }
      commit.change().rollback().restored().forEach(move -> kept.remove(move.trash()));
    }
    if (commit.change().forgotten() != null) {
      for (LeavingFile file : commit.change().forgotten().files()) {
        kept.put(file.trash(), new Trashed(commit.number(), file.bytes()));
      }
    }
    if (commit.change().compacted() != null) {
      for (LeavingFile file : commit.change().compacted().files()) {
        kept.put(file.trash(), new Trashed(commit.number(), file.bytes()));
      }
    }
    if (commit.change().purged() != null) {
      for (String folder : commit.change().purged()) {
        kept.subMap(folder + "/", folder + "0").clear();
      }
    }
    return kept;
  }

  /** What can be brought back is there, but for what a commit that is on its way moves. */
  private void lookAtTrash() throws IOException {
    if (made.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Trashed> entry : last().trash.entrySet()) {
      Trashed trashed = entry.getValue();
      if (published.contains(trashed.commit)) {
        Optional<FileEntry> there = store.entry(new Path(state.trash(), entry.getKey()));
        check(
            there.isPresent() && there.get().length() == trashed.bytes,
            "%s should be in the trash, and is %s",
            entry,
            there);
      }
    }
  }

  private void lookAtRange(Commit commit, Commit.Partition range, SortedMap<PartitionId, Long> next)
      throws IOException {
    PartitionId partition = new PartitionId(range.topic(), range.partition());
    long expected = next.getOrDefault(partition, range.from());
    check(
        range.from() == expected,
        "Commit %d begins %s at %d, and the one before ended at %d",
        commit.number(),
        partition,
        range.from(),
        expected);
    next.put(partition, range.until());
    TreeSet<Long> landed = new TreeSet<>();
    TreeSet<Long> bad = new TreeSet<>();
    for (LandedFile file : commit.files()) {
      Path staged = new Path(state.run(commit.run()).attempts(), file.staged());
      for (long offset :
          lookAtContent(commit.number(), file, staged).getOrDefault(partition, List.of())) {
        check(
            (produced.isBad(offset) ? bad : landed).add(offset),
            "Commit %d has offset %d twice",
            commit.number(),
            offset);
      }
    }
    TreeSet<Long> there = produced.records(partition, range.from(), range.until());
    check(there.containsAll(landed), "Commit %d lands too much: %s", commit.number(), landed);
    check(there.containsAll(bad), "Commit %d puts too much aside: %s", commit.number(), bad);
    there.removeAll(landed);
    there.removeAll(bad);
    check(
        there.isEmpty() || there.last() < produced.removedBefore(partition),
        "Commit %d passes over %s of %s",
        commit.number(),
        there,
        partition);
    check(
        range.tally().written() == landed.size()
            && range.tally().bad() == bad.size()
            && range.tally().lost() >= there.size(),
        "Commit %d counts %s, with %d offsets in files, %d put aside and %d lost",
        commit.number(),
        range,
        landed.size(),
        bad.size(),
        there.size());
  }

  /**
   * Holds a file against what was produced.
   *
   * @return the offsets that it holds
   */
  private Map<PartitionId, List<Long>> lookAtContent(long commit, LandedFile file, Path path)
      throws IOException {
    check(store.entry(path).isPresent(), "%s of commit %d is gone", path, commit);
    byte[] content = AtomicFile.read(store, path);
    check(content.length == file.bytes(), "%s has %d bytes: %s", path, content.length, file);
    boolean aside = file.path().startsWith("_quarantine/");
    check(aside == Boolean.TRUE.equals(file.quarantine()), "%s does not say what it is", file);
    List<String> lines =
        aside ? putAside(content) : new String(content, StandardCharsets.UTF_8).lines().toList();
    check(lines.size() == file.records(), "%s has %d lines: %s", path, lines.size(), file);
    Map<PartitionId, List<Long>> offsets = new TreeMap<>();
    int line = 0;
    for (LandedFile.Part part : file.parts()) {
      int until = line + (int) part.records();
      List<Long> held = Produced.offsets(part.id(), lines.subList(line, until));
      check(
          held.get(0) == part.firstOffset()
              && held.get(held.size() - 1) == part.lastOffset()
              && produced.holds(part.id(), held)
              && held.stream().allMatch(offset -> produced.isBad(offset) == aside),
          "%s holds %s: %s",
          path,
          held,
          file);
      offsets.computeIfAbsent(part.id(), ignored -> new ArrayList<>()).addAll(held);
      line = until;
    }
    return offsets;
  }

  /** The places of the records of a file of the quarantine, as lines of text have them. */
  private List<String> putAside(byte[] content) throws IOException {
    List<String> lines = new ArrayList<>();
    try (DataFileReader<GenericRecord> records =
        new DataFileReader<>(
            new SeekableByteArrayInput(content),
            // Avro keeps what it has made of a schema as long as there is the model.
            new GenericDatumReader<>(null, null, new GenericData()))) {
      for (GenericRecord record : records) {
        PartitionId partition =
            new PartitionId(record.get("topic").toString(), (Integer) record.get("partition"));
        long offset = (Long) record.get("offset");
        ByteBuffer value = (ByteBuffer) record.get("value");
        String text = value == null ? null : StandardCharsets.UTF_8.decode(value).toString();
        check(
            Objects.equals(text, produced.badValue(partition, offset)),
            "What is put aside of %s@%d is %s",
            partition,
            offset,
            text);
        lines.add(Produced.value(partition, offset));
      }
    }
    return lines;
  }

  /**
   * Holds what readers of the output see against what stands after the last commit.
   *
   * @param read which of the files to read, too
   */
  private void lookAtFiles(Predicate<String> read) throws IOException {
    Map<String, FileEntry> visible = visible();
    if (made.isEmpty()) {
      check(visible.isEmpty(), "There is no commit, but %s", visible);
      return;
    }
    SortedMap<String, Standing> standing = last().standing;
    Set<String> going = new HashSet<>();
    Set<String> coming = new HashSet<>();
    for (Made each : made) {
      if (!published.contains(each.commit.number())) {
        each.commit.files().forEach(file -> coming.add(file.path()));
        if (each.commit.change() != null && each.commit.change().rollback() != null) {
          each.commit.change().rollback().trashed().forEach(move -> going.add(move.path()));
          each.commit.change().rollback().restored().forEach(move -> coming.add(move.path()));
        }
        if (each.commit.change() != null && each.commit.change().forgotten() != null) {
          each.commit.change().forgotten().files().forEach(file -> going.add(file.path()));
        }
        if (each.commit.change() != null && each.commit.change().compacted() != null) {
          each.commit.change().compacted().files().forEach(file -> going.add(file.path()));
        }
      }
    }
    for (Map.Entry<String, Standing> entry : standing.entrySet()) {
      String path = entry.getKey();
      Standing stands = entry.getValue();
      FileEntry there = visible.get(path);
      if (there == null) {
        check(coming.contains(path), "%s stands, but is not there", stands);
      } else if (!going.contains(path)) {
        check(there.length() == stands.file.bytes(), "%s stands, but is %s", stands, there);
        if (read.test(path)) {
          lookAtContent(stands.commit, stands.file, stands.path);
        }
      }
    }
    for (String path : visible.keySet()) {
      check(
          standing.containsKey(path) || going.contains(path),
          "%s is visible, and no commit that stands has landed it",
          path);
    }
  }

  private static boolean isHidden(FileEntry entry) {
    return entry.name().startsWith("_") || entry.name().startsWith(".");
  }

  private Map<String, FileEntry> visible() throws IOException {
    Map<String, FileEntry> files = new TreeMap<>();
    for (FileEntry folder : store.list(state.root())) {
      if (!isHidden(folder)) {
        addVisible(folder.name(), folder, files);
      } else if (folder.name().equals("_quarantine")) {
        for (FileEntry topic : store.list(folder.path())) {
          addVisible(folder.name() + "/" + topic.name(), topic, files);
        }
      }
    }
    return files;
  }

  private void addVisible(String name, FileEntry folder, Map<String, FileEntry> files)
      throws IOException {
    for (FileEntry file : store.list(folder.path())) {
      if (!isHidden(file)) {
        files.put(name + "/" + file.name(), file);
      }
    }
  }

  private static void check(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new AssertionError(message.formatted(values));
    }
  }
}
