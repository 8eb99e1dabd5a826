package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.StoredValue;

/**
 * A finished file that waits to be published.
 *
 * @param staged its name in the staging folder of the attempt that wrote it
 * @param target its path below the output root once it is published
 * @param partition whose records are in it
 * @param firstOffset the offset of its first record
 * @param lastOffset the offset of its last record
 * @param records how many records are in it, at least 1
 * @param bytes its length
 * @param crc32c the CRC-32C of all its bytes, 8 hexadecimal digits
 */
public record WrittenFile(
    String staged,
    String target,
    PartitionId partition,
    long firstOffset,
    long lastOffset,
    long records,
    long bytes,
    String crc32c) {
  public WrittenFile {
    StoredValue.below(staged);
    StoredValue.below(target);
    new OffsetRange(partition, firstOffset, Math.addExact(lastOffset, 1));
    StoredValue.notNegative(target, records, bytes);
  }
}
