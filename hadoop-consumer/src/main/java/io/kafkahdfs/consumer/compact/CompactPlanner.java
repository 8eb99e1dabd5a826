package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.FileFault;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the small files that can be merged. Changes nothing. */
public final class CompactPlanner {
  private final LoadOutput output;
  private final Configuration configuration;
  private final Choice choice;

  /**
   * What is merged.
   *
   * @param targetBytes how large merged files get at most; larger ones stay as they are
   * @param before only files that were landed before this time
   * @param per whose records share a merged file
   * @param codec how merged files are compressed; empty for as those that are lines were, and else
   *     the format's default
   * @param files which are chosen beside that
   */
  public record Choice(
      long targetBytes, Instant before, FilePer per, Optional<Codec> codec, Files files) {}

  /** Which files are chosen. */
  @FunctionalInterface
  public interface Files {
    boolean has(LandedFile file) throws IOException;
  }

  public CompactPlanner(LoadOutput output, Configuration configuration, Choice choice) {
    this.output = output;
    this.configuration = configuration;
    this.choice = choice;
  }

  /**
   * What was found.
   *
   * @param leftAlone files that were chosen and cannot be merged, each with the reason, for people
   */
  public record Found(CompactPlan plan, List<String> leftAlone) {}

  /**
   * What a commit says of its files.
   *
   * @param origin whether they tell where their records came from, if the format can
   */
  private record Landing(Instant committed, String format, boolean origin) {
    static Landing of(Commit commit) {
      return new Landing(
          Instant.parse(commit.committed()), commit.load().format(), commit.load().keepsOrigin());
    }

    boolean isLike(Landing other) {
      return format.equals(other.format) && origin == other.origin;
    }
  }

  /** Files that may follow on each other in a merged one. */
  private record Kind(
      String folder, String topic, OptionalInt partition, Codec codec, String columns) {}

  /**
   * @throws io.kafkahdfs.config.InvalidSettingException if the format does not allow what is chosen
   * @throws io.kafkahdfs.failure.LoaderException if a commit is not published
   */
  public Found plan() throws IOException {
    CommitStore commits = new CommitStore(output.store(), output.state());
    Standing standing = new Standing();
    Map<Long, Landing> landings = new HashMap<>();
    commits.checkPublished();
    commits.each(
        commit -> {
          standing.add(commit);
          landings.put(commit.number(), Landing.of(commit));
        });
    if (standing.last() == 0) {
      return new Found(CompactPlan.NOTHING, List.of());
    }
    Landing last = landings.get(standing.last());
    CompactFormat format =
        CompactFormat.of(FileFormat.named(last.format()), choice.codec(), last.origin());
    format.check(choice.per());
    List<String> leftAlone = new ArrayList<>();
    Map<Kind, List<CompactPlan.Input>> kinds = new LinkedHashMap<>();
    List<Standing.Held> small = new ArrayList<>();
    Map<String, Integer> inFolder = new HashMap<>();
    for (Standing.Held held : standing.filesAt(standing.last()).values()) {
      Landing landing = landings.get(held.commit());
      // Whoever reads a file goes by what its commit says of all of them.
      if (landing.isLike(last) && isChosen(held.file(), landing)) {
        small.add(held);
        inFolder.merge(folder(held.file()), 1, Integer::sum);
      }
    }
    for (Standing.Held held : small) {
      if (inFolder.get(folder(held.file())) > 1) {
        kind(held.file(), format, leftAlone)
            .ifPresent(
                kind ->
                    kinds
                        .computeIfAbsent(kind, ignored -> new ArrayList<>())
                        .add(new CompactPlan.Input(held.commit(), held.file())));
      }
    }
    List<CompactPlan.Group> groups = new ArrayList<>();
    kinds.forEach((kind, inputs) -> group(kind, inputs, groups));
    return new Found(new CompactPlan(standing.last() + 1, last.format(), groups), leftAlone);
  }

  private boolean isChosen(LandedFile file, Landing landing) throws IOException {
    return !file.holdsBad()
        && file.bytes() < choice.targetBytes()
        && landing.committed().isBefore(choice.before())
        && choice.files().has(file);
  }

  private Optional<Kind> kind(LandedFile file, CompactFormat format, List<String> leftAlone)
      throws IOException {
    Path path = new Path(output.state().root(), file.path());
    Optional<FileEntry> entry = output.store().entry(path);
    if (entry.isEmpty()) {
      leftAlone.add(file.path() + " is missing");
      return Optional.empty();
    }
    if (entry.get().length() != file.bytes()) {
      leftAlone.add(file.path() + " has " + entry.get().length() + " bytes, not " + file.bytes());
      return Optional.empty();
    }
    List<PartitionId> partitions =
        file.parts().stream().map(LandedFile.Part::id).distinct().toList();
    boolean alone = choice.per() == FilePer.PARTITION && partitions.size() == 1;
    try {
      return Optional.of(
          new Kind(
              folder(file),
              partitions.get(0).topic(),
              alone ? OptionalInt.of(partitions.get(0).partition()) : OptionalInt.empty(),
              format.codec(file),
              format.format().format().join().kind(path, configuration)));
    } catch (IOException e) {
      if (!FileFault.isOfTheFile(e, path, configuration)) {
        throw e;
      }
      leftAlone.add(file.path() + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String folder(LandedFile file) {
    return file.path().substring(0, file.path().lastIndexOf('/'));
  }

  private void group(Kind kind, List<CompactPlan.Input> inputs, List<CompactPlan.Group> groups) {
    List<CompactPlan.Input> open = new ArrayList<>();
    Map<PartitionId, Long> ends = new HashMap<>();
    long bytes = 0;
    for (CompactPlan.Input input : inputs) {
      if (bytes + input.file().bytes() > choice.targetBytes() || !follows(input.file(), ends)) {
        close(kind, open, groups);
        open.clear();
        ends.clear();
        bytes = 0;
      }
      open.add(input);
      bytes += input.file().bytes();
      input.file().parts().forEach(part -> ends.put(part.id(), part.lastOffset()));
    }
    close(kind, open, groups);
  }

  /** Whether the records of each partition come behind those that are there. */
  private static boolean follows(LandedFile file, Map<PartitionId, Long> ends) {
    return file.parts().stream()
        .allMatch(part -> part.firstOffset() > ends.getOrDefault(part.id(), -1L));
  }

  private static void close(
      Kind kind, List<CompactPlan.Input> inputs, List<CompactPlan.Group> groups) {
    if (inputs.size() > 1) {
      groups.add(
          new CompactPlan.Group(
              kind.folder(), kind.topic(), kind.partition().isPresent(), kind.codec(), inputs));
    }
  }
}
