package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FileNames;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.StagedFile;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.FileFault;
import io.kafkahdfs.format.spi.JoinedFile;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.WriteOptions;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileChecksum;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Merges groups of files, each into a staged one. */
final class Merge {
  private final FileStore store;
  private final Path root;
  private final Path staging;
  private final CompactPlan plan;
  private final FileFormat format;
  private final Configuration configuration;

  /**
   * @param staging where merged files are written; it is there
   */
  Merge(
      FileStore store,
      StateFolder state,
      Path staging,
      CompactPlan plan,
      Configuration configuration) {
    this.store = store;
    this.root = state.root();
    this.staging = staging;
    this.plan = plan;
    this.format = FileFormat.named(plan.format());
    this.configuration = configuration;
  }

  /** Is told of each file that was read. */
  @FunctionalInterface
  interface Watcher {
    void read(LandedFile file);
  }

  /**
   * @param number the group's place in the plan
   * @throws LoaderException if one of the files is not what its commit says
   */
  WrittenFile merge(int number, Watcher watcher) throws IOException {
    CompactPlan.Group group = plan.groups().get(number);
    String extension = format.format().extension(group.codec());
    StagedFile staged =
        new StagedFile(store, new Path(staging, "merged." + number + extension), configuration);
    List<FilePart> parts = new ArrayList<>();
    long bytes;
    try {
      WriteOptions options =
          new WriteOptions(group.codec(), NewlinePolicy.KEEP, WriteOptions.AS_THE_FORMAT_DOES);
      Path first = new Path(root, group.inputs().get(0).file().path());
      try (JoinedFile joined =
          format.format().join().begin(staged, options, first, provenance(group))) {
        for (CompactPlan.Input input : group.inputs()) {
          append(input.file(), joined);
          input.file().parts().forEach(part -> add(part, parts));
          watcher.read(input.file());
        }
        joined.close();
        bytes = joined.bytes();
      }
    } catch (IOException | RuntimeException e) {
      staged.close();
      throw e;
    }
    String name =
        FileNames.ofMerged(
            group.topic(),
            parts,
            group.partition(),
            new Path(group.inputs().get(0).file().path()).getName(),
            Run.writer(group.inputs().get(0).commit(), number),
            plan.number(),
            extension);
    return new WrittenFile(
        staged.path().getName(), group.folder() + "/" + name, parts, bytes, staged.crc32c());
  }

  private static Provenance provenance(CompactPlan.Group group) {
    LandedFile.Part first = group.inputs().get(0).file().parts().get(0);
    boolean one =
        group.inputs().stream()
            .flatMap(input -> input.file().parts().stream())
            .allMatch(part -> part.id().equals(first.id()));
    return new Provenance(
        group.topic(), one ? OptionalInt.of(first.partition()) : OptionalInt.empty());
  }

  private void append(LandedFile file, JoinedFile joined) throws IOException {
    Path path = new Path(root, file.path());
    // Damage must not get a new checksum.
    String checksum = FileChecksum.crc32c(store, path);
    if (!checksum.equals(file.crc32c())) {
      throw bad(path, "its checksum is " + checksum + ", not " + file.crc32c(), null);
    }
    long records;
    try {
      records = joined.append(path, file.bytes());
    } catch (IOException | RuntimeException e) {
      if (!FileFault.isOfTheFile(e, path, configuration)) {
        throw e;
      }
      throw bad(path, e.getMessage(), e);
    }
    boolean right =
        format.format().keepsCount() ? records == file.records() : records >= file.records();
    if (!right) {
      throw bad(path, "it has " + records + " records, not " + file.records(), null);
    }
  }

  private static LoaderException bad(Path file, String what, Exception cause) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Cannot merge "
            + file
            + ": "
            + what
            + ". Put back what was landed, or leave it out with --where; verify --deep finds all"
            + " such files. Nothing was changed.",
        cause);
  }

  /** Behind the last part, or as one with it. */
  static void add(LandedFile.Part part, List<FilePart> parts) {
    PartitionId id = part.id();
    FilePart last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && last.partition().equals(id) && last.lastOffset() < part.firstOffset()) {
      parts.set(
          parts.size() - 1,
          new FilePart(id, last.firstOffset(), part.lastOffset(), last.records() + part.records()));
    } else {
      parts.add(new FilePart(id, part.firstOffset(), part.lastOffset(), part.records()));
    }
  }
}
