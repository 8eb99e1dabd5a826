package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A file that is being written, and what it has of each partition so far. */
final class OpenFile {
  private final Lane lane;
  private final int number;
  private final StagedFile file;
  private final RecordEncoder encoder;
  private final List<FilePart> parts = new ArrayList<>();

  /** The part that is being written; no partition before the first record. */
  private PartitionId partition;

  private long firstOffset;
  private long lastOffset;
  private long records;
  private long lateRecords;
  private long oldestLate = Long.MAX_VALUE;

  /**
   * @param number different for each file of a writer
   * @param encoder writes the file
   */
  OpenFile(Lane lane, int number, StagedFile file, RecordEncoder encoder) {
    this.lane = lane;
    this.number = number;
    this.file = file;
    this.encoder = encoder;
  }

  /**
   * @param late whether the record came late
   */
  void write(KafkaRecord record, boolean late) throws IOException {
    encoder.write(record);
    if (!record.partition().equals(partition) || record.offset() < lastOffset) {
      endPart();
      partition = record.partition();
      firstOffset = record.offset();
    }
    lastOffset = record.offset();
    records++;
    if (late) {
      lateRecords++;
      oldestLate = Math.min(oldestLate, record.timestamp());
    }
  }

  /** Whether it has a record of that one's offset: all records of one offset stand together. */
  boolean hasOffsetOf(KafkaRecord record) {
    return record.offset() == lastOffset && record.partition().equals(partition);
  }

  /** How many bytes it has, as far as that is known. */
  long bytes() {
    return encoder.bytes();
  }

  Lane lane() {
    return lane;
  }

  private void endPart() {
    if (records > 0) {
      parts.add(new FilePart(partition, firstOffset, lastOffset, records));
    }
    records = 0;
  }

  /** Whether it has no record: all that were for it were refused. */
  boolean isEmpty() {
    return parts.isEmpty() && records == 0;
  }

  /**
   * Closes the file.
   *
   * @return what it is; whole on disk as far as the file system promises that at close
   */
  WrittenFile finish(String writer, String extension) throws IOException {
    encoder.close();
    endPart();
    String name =
        lane.partition().isPresent()
            ? FileNames.ofPartition(lane.topic(), parts, extension)
            : FileNames.ofTopic(lane.topic(), writer, number, extension);
    return new WrittenFile(
        file.path().getName(),
        lane.folder() + "/" + name,
        parts,
        encoder.bytes(),
        file.crc32c(),
        lane.isQuarantine() ? true : null,
        late());
  }

  private LateRecords late() {
    return lateRecords == 0
        ? null
        : new LateRecords(lateRecords, Instant.ofEpochMilli(oldestLate).toString(), lane.folder());
  }

  /** Closes a file that is of no use; it is removed with all that the attempt staged. */
  void discard() throws IOException {
    encoder.close();
  }

  /** Lets go of the file as it is. Never throws. */
  void giveUp() {
    file.close();
  }
}
