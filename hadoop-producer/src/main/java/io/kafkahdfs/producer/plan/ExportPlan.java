package io.kafkahdfs.producer.plan;

import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * All that an export was planned to do, saved before anything is sent. Every run of it follows it
 * to the letter.
 *
 * @param export the export's id
 * @param user who planned it
 * @param host where
 * @param started when, ISO 8601
 * @param bootstrapServers which cluster it sends to
 * @param identity what it exports
 * @param guarantee what it promises
 * @param topics those that are known to be sent to
 * @param splits which task sends what
 * @param leftOpen the files that are no part of it because they were still being written
 */
public record ExportPlan(
    String export,
    String user,
    String host,
    String started,
    List<String> bootstrapServers,
    ExportIdentity identity,
    Guarantee guarantee,
    List<String> topics,
    List<PlannedSplit> splits,
    @AddedLater List<String> leftOpen) {
  public ExportPlan {
    bootstrapServers = List.copyOf(bootstrapServers);
    topics = List.copyOf(topics);
    splits = List.copyOf(splits);
    leftOpen = leftOpen == null ? List.of() : List.copyOf(leftOpen);
    StoredValue.distinct("splits", splits, PlannedSplit::index);
  }

  /** The id under which a split's records are sent, and its progress is kept. */
  public static String transactionalId(String export, int split) {
    return export + "-" + split;
  }

  /** The files of all splits, by path. */
  public Collection<InputFile> files() {
    TreeSet<InputFile> files = new TreeSet<>(java.util.Comparator.comparing(InputFile::path));
    splits.forEach(split -> split.parts().forEach(part -> files.add(part.file())));
    return files;
  }

  public long bytes() {
    return splits.stream().mapToLong(PlannedSplit::bytes).sum();
  }
}
