package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;

/** Folders after a template, such as one for each hour. */
public final class TemplateLayout implements Layout {
  /** No zone is so far from UTC. */
  private static final int NO_TIME = Integer.MAX_VALUE;

  /** So many lanes are remembered, then they are made anew. */
  private static final int MOST_REMEMBERED = 10_000;

  private final FolderTemplate template;
  private final FilePer filePer;
  private final RecordTime time;
  private final Supplier<IndexedRecord> rows;
  private final Optional<Instant> previous;
  private final Map<Place, Found> places = new HashMap<>();

  /** The place of the last record, and what was found for it. */
  private Place place;

  private Found found;

  /**
   * What records of one lane have in common. Written out, since it may be asked for with every
   * record: a record's own methods are slow until they are compiled.
   *
   * @param others what headers and fields say; empty if the template does not ask for them
   */
  private record Place(PartitionId partition, int offset, long bucket, String others) {
    boolean is(PartitionId otherPartition, int otherOffset, long otherBucket, String otherOthers) {
      return bucket == otherBucket
          && offset == otherOffset
          && partition.equals(otherPartition)
          && others.equals(otherOthers);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that
          && is(that.partition, that.offset, that.bucket, that.others);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * partition.hashCode() + offset) + Long.hashCode(bucket))
          + others.hashCode();
    }
  }

  private record Found(Lane lane, boolean late) {}

  /**
   * @param rows what became of the value of the record at hand; asked only if time or template need
   *     it
   * @param previous when the run of the last commit began; records are late by that. Empty if none
   *     can be
   */
  public TemplateLayout(
      FolderTemplate template,
      FilePer filePer,
      RecordTime time,
      Supplier<IndexedRecord> rows,
      Optional<Instant> previous) {
    this.template = template;
    this.filePer = filePer;
    this.time = time;
    this.rows = rows;
    this.previous = template.hasTime() ? previous : Optional.empty();
  }

  @Override
  public Lane lane(KafkaRecord record, Lane last) throws UnwritableRecordException {
    IndexedRecord row = rows.get();
    FolderTimes times = template.times();
    long ms = times.any() ? time.of(record, row) : RecordTime.NONE;
    boolean told = ms != RecordTime.NONE && times.tells(ms);
    int offset = told ? times.offset(ms) : NO_TIME;
    long bucket = told ? times.bucket(ms, offset) : 0;
    String others = template.hasOthers() ? template.others(record, row) : "";
    if (place == null || !place.is(record.partition(), offset, bucket, others)) {
      Place next = new Place(record.partition(), offset, bucket, others);
      // Not before there is a lane: a record that has none says nothing of the next one's.
      place = null;
      found = places.get(next);
      if (found == null) {
        found = find(record, told ? Instant.ofEpochMilli(ms) : null, row);
        if (places.size() == MOST_REMEMBERED) {
          places.clear();
        }
        places.put(next, found);
      }
      place = next;
    }
    return found.lane;
  }

  /**
   * @param told null if folders cannot tell it
   */
  private Found find(KafkaRecord record, Instant told, IndexedRecord row)
      throws UnwritableRecordException {
    boolean late =
        previous.isPresent()
            && told != null
            && told.isBefore(previous.get())
            && !template.times().areSame(told, previous.get());
    return new Found(make(record, told, row), late);
  }

  @Override
  public boolean isLate() {
    return found.late;
  }

  private Lane make(KafkaRecord record, Instant told, IndexedRecord row)
      throws UnwritableRecordException {
    String folder = template.folder(record, told, row);
    for (String name : folder.split("/")) {
      if (name.getBytes(StandardCharsets.UTF_8).length > FolderTemplate.LONGEST_NAME) {
        throw new UnwritableRecordException(
            record,
            "belongs into a folder with a name of more than "
                + FolderTemplate.LONGEST_NAME
                + " bytes: "
                + name,
            "Choose another --layout than " + template + ".");
      }
    }
    return new Lane(folder, record.partition().topic(), filePer.of(record.partition()));
  }
}
