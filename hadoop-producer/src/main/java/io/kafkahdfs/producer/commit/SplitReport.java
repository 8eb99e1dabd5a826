package io.kafkahdfs.producer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What became of every record of a split that is done.
 *
 * @param split its number
 * @param fingerprint the split's
 * @param attempt the task attempt that finished it
 * @param files what became of the records of each part
 * @param partitions where records were sent
 * @param records how many records were sent in all; more than {@code partitions} says if an earlier
 *     attempt could not keep where it sent them
 * @param maybeRepeated how many duplicates there are at most
 */
public record SplitReport(
    int split,
    String fingerprint,
    String attempt,
    List<File> files,
    List<Partition> partitions,
    long records,
    long maybeRepeated) {
  /**
   * What became of a file's records, or of those of a part of it.
   *
   * @param read all of them
   * @param sent those that went to Kafka
   * @param filtered those that the mapper left out
   * @param bad those that could not be read
   */
  public record File(String path, long start, long read, long sent, long filtered, long bad) {
    public File {
      StoredValue.notNegative(path, start);
      StoredValue.counts(path, read, bad, Math.max(0, sent), Math.max(0, filtered));
    }
  }

  /**
   * How many records went to a partition, each acknowledged.
   *
   * @param sum a digest of them that does not depend on their order; null if an earlier version
   *     sent some of them
   * @param chain a digest of them in the order in which they were sent; null as {@code sum}, and
   *     where several splits have sent to the partition
   */
  public record Partition(
      String topic, int partition, long records, @AddedLater String sum, @AddedLater String chain) {
    public Partition {
      String name = new PartitionId(topic, partition).toString();
      StoredValue.counts(name, records);
      StoredValue.digest(name, sum);
      StoredValue.digest(name, chain);
    }
  }

  public SplitReport {
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
    StoredValue.notNegative("split", split);
    StoredValue.counts("records", records, maybeRepeated);
    StoredValue.distinct("partitions", partitions, p -> new PartitionId(p.topic, p.partition));
  }

  /**
   * Checks that the numbers add up.
   *
   * @throws LoaderException if not, which means that the loader lost something
   */
  public void check() throws LoaderException {
    for (File file : files) {
      if (file.read != file.sent + file.filtered + file.bad || file.sent < 0 || file.filtered < 0) {
        throw new LoaderException(
            ExitCode.FAILURE, "The records of a file do not add up: " + file + ". Report this.");
      }
    }
    long attributed = partitions.stream().mapToLong(Partition::records).sum();
    if (attributed > records) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "More records were acknowledged than sent: " + attributed + " of " + records);
    }
  }
}
