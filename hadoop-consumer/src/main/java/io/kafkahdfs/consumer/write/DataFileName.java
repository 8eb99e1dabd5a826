package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.PartitionId;
import java.util.Objects;

/**
 * What the name of a data file tells.
 *
 * @param partition whose records are in it
 * @param firstOffset the offset of its first record
 * @param lastOffset the offset of its last record, at least {@code firstOffset}
 * @param extension the end of the name from the first dot on, which names format and codec: {@code
 *     .txt.gz}
 */
public record DataFileName(
    PartitionId partition, long firstOffset, long lastOffset, String extension) {
  public DataFileName {
    Objects.requireNonNull(partition, "partition");
    Objects.requireNonNull(extension, "extension");
    if (firstOffset < 0 || lastOffset < firstOffset) {
      throw new IllegalArgumentException(
          "No file of " + partition + " goes from offset " + firstOffset + " to " + lastOffset);
    }
  }
}
