package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.commit.LandedFile;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What becomes of a table by a commit, or by several at once.
 *
 * @param from the number of the commit at which the table stands, 0 if it holds none
 * @param to the number of the commit to which it goes
 * @param added files that the table is to have
 * @param removed files that it is not to have any more; one of the same path may be added
 * @param kept files that it has and is to have, if any are removed
 * @param next where the next run begins: {@code TOPIC:PARTITION:OFFSET}, separated by commas
 */
public record TableChange(
    long from,
    long to,
    List<File> added,
    List<LandedFile> removed,
    List<LandedFile> kept,
    String next) {
  public TableChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
  }

  /**
   * A file in its place.
   *
   * @param bytes its length
   * @param again whether the table had it already, and it was taken out meanwhile
   */
  public record File(Path path, long bytes, long records, boolean again) {}
}
