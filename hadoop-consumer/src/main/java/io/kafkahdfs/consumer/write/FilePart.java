package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.StoredValue;

/**
 * What a file has of one partition.
 *
 * @param partition whose records they are
 * @param firstOffset the offset of its first record
 * @param lastOffset the offset of its last record
 * @param records how many there are, at least 1
 */
public record FilePart(PartitionId partition, long firstOffset, long lastOffset, long records) {
  public FilePart {
    new OffsetRange(partition, firstOffset, Math.addExact(lastOffset, 1));
    StoredValue.notNegative(partition.toString(), records);
  }
}
