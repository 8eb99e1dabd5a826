package io.kafkahdfs.consumer.write;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * A finished file that waits to be published.
 *
 * @param staged its name in the staging folder of the attempt that wrote it
 * @param target its path below the output root once it is published
 * @param parts what it has of each partition, in the order in which they stand in it; a partition
 *     may have several
 * @param bytes its length
 * @param crc32c the CRC-32C of all its bytes, 8 hexadecimal digits
 * @param quarantine true if its records are bad and put aside, else null
 * @param late those of its records that came late; null if none
 */
public record WrittenFile(
    String staged,
    String target,
    List<FilePart> parts,
    long bytes,
    String crc32c,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Boolean quarantine,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) LateRecords late) {
  public WrittenFile {
    parts = List.copyOf(parts);
    StoredValue.below(staged);
    StoredValue.below(target);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(target + " has no records");
    }
    StoredValue.notNegative(target, bytes);
  }

  /** Of records that are not bad and came in time. */
  public WrittenFile(
      String staged, String target, List<FilePart> parts, long bytes, String crc32c) {
    this(staged, target, parts, bytes, crc32c, null, null);
  }

  /** The same file, staged in a folder of the attempt's. */
  WrittenFile below(String folder) {
    return new WrittenFile(folder + "/" + staged, target, parts, bytes, crc32c, quarantine, late);
  }

  /** Whether its records are bad and put aside. */
  public boolean holdsBad() {
    return Boolean.TRUE.equals(quarantine);
  }
}
