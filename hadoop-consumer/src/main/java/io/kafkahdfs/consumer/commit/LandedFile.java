package io.kafkahdfs.consumer.commit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A file that was landed.
 *
 * @param staged where it was written, below the run's attempts
 * @param path where it stands, below the output root
 * @param parts what it has of each partition, in the order in which it stands there; a partition
 *     may have several
 * @param bytes its length
 * @param crc32c the CRC-32C of all its bytes, 8 hexadecimal digits
 * @param quarantine true if its records are bad and put aside, as archive records whatever the
 *     load's format is; else null
 */
public record LandedFile(
    String staged,
    String path,
    List<Part> parts,
    long bytes,
    String crc32c,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Boolean quarantine) {
  public LandedFile {
    parts = List.copyOf(parts);
    StoredValue.below(staged);
    StoredValue.below(path);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(path + " has no records");
    }
    StoredValue.notNegative(path, bytes);
  }

  /** Of records that are not bad. */
  public LandedFile(String staged, String path, List<Part> parts, long bytes, String crc32c) {
    this(staged, path, parts, bytes, crc32c, null);
  }

  /**
   * A file as a task promised it.
   *
   * @param attempt the task's attempt, which is also the name of its folder
   */
  public static LandedFile of(String attempt, WrittenFile file) {
    return new LandedFile(
        attempt + "/" + file.staged(),
        file.target(),
        file.parts().stream().map(Part::of).toList(),
        file.bytes(),
        file.crc32c(),
        file.quarantine());
  }

  /** What files have of each partition, from their first to their last record. */
  static SortedMap<PartitionId, Part> sums(Stream<LandedFile> files) {
    SortedMap<PartitionId, Part> sums = new TreeMap<>();
    files
        .flatMap(file -> file.parts().stream())
        .forEach(part -> sums.merge(part.id(), part, Part::with));
    return sums;
  }

  /** In form 1 a file had one part, whose fields were the file's own. */
  @JsonCreator
  static LandedFile read(
      @JsonProperty("staged") String staged,
      @JsonProperty("path") String path,
      @JsonProperty("parts") @AddedLater List<Part> parts,
      @JsonProperty("topic") @AddedLater String topic,
      @JsonProperty("partition") @AddedLater Integer partition,
      @JsonProperty("firstOffset") @AddedLater Long firstOffset,
      @JsonProperty("lastOffset") @AddedLater Long lastOffset,
      @JsonProperty("records") @AddedLater Long records,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("crc32c") String crc32c,
      @JsonProperty("quarantine") @AddedLater Boolean quarantine) {
    boolean whole =
        Stream.of(topic, partition, firstOffset, lastOffset, records).noneMatch(Objects::isNull);
    boolean none =
        Stream.of(topic, partition, firstOffset, lastOffset, records).allMatch(Objects::isNull);
    if (parts == null ? !whole : !none) {
      throw new IllegalArgumentException(path + " must have parts, or be one part itself");
    }
    return new LandedFile(
        staged,
        path,
        parts == null
            ? List.of(new Part(topic, partition, firstOffset, lastOffset, records))
            : parts,
        bytes,
        crc32c,
        quarantine);
  }

  /** Whether its records are bad and put aside. */
  public boolean holdsBad() {
    return Boolean.TRUE.equals(quarantine);
  }

  /** How many records are in it. */
  public long records() {
    return parts.stream().mapToLong(Part::records).sum();
  }

  /** Which offsets are in it, for people. */
  public String offsets() {
    String first = parts.get(0).toString();
    return parts.size() == 1 ? first : first + " and " + (parts.size() - 1) + " more parts";
  }

  /**
   * What a file has of a partition.
   *
   * @param firstOffset the offset of its first record
   * @param lastOffset the offset of its last record
   */
  public record Part(String topic, int partition, long firstOffset, long lastOffset, long records) {
    public Part {
      new OffsetRange(new PartitionId(topic, partition), firstOffset, Math.addExact(lastOffset, 1));
      StoredValue.notNegative(topic + "-" + partition, records);
    }

    private static Part of(FilePart part) {
      return new Part(
          part.partition().topic(),
          part.partition().partition(),
          part.firstOffset(),
          part.lastOffset(),
          part.records());
    }

    public PartitionId id() {
      return new PartitionId(topic, partition);
    }

    /** From the first record of both to the last; both of one partition. */
    Part with(Part other) {
      return new Part(
          topic,
          partition,
          Math.min(firstOffset, other.firstOffset),
          Math.max(lastOffset, other.lastOffset),
          Math.addExact(records, other.records));
    }

    @Override
    public String toString() {
      return "offsets " + firstOffset + " to " + lastOffset + " of " + id();
    }
  }
}
