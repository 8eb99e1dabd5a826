package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Folders after a template, such as one for each hour. */
public final class TemplateLayout implements Layout {
  /** No zone is so far from UTC. */
  private static final int NO_TIME = Integer.MAX_VALUE;

  /** So many lanes are remembered, then they are made anew. */
  private static final int MOST_REMEMBERED = 10_000;

  private final FolderTemplate template;
  private final FilePer filePer;
  private final Optional<Instant> runTime;
  private final long runMs;
  private final Optional<Instant> previous;
  private final Map<Place, Found> places = new HashMap<>();

  /** The place of the last record, and what was found for it. */
  private Place place;

  private Found found;

  /**
   * What records of one lane have in common, unless headers tell them apart. Written out, since it
   * may be asked for with every record: a record's own methods are slow until they are compiled.
   */
  private record Place(PartitionId partition, int offset, long bucket) {
    boolean is(PartitionId otherPartition, int otherOffset, long otherBucket) {
      return bucket == otherBucket && offset == otherOffset && partition.equals(otherPartition);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that && is(that.partition, that.offset, that.bucket);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * partition.hashCode() + offset) + Long.hashCode(bucket);
    }
  }

  /**
   * @param lane null if headers make it
   */
  private record Found(Lane lane, boolean late) {}

  /**
   * @param runTime the time of all records; empty if each has its own
   * @param previous when the run of the last commit began; records are late by that. Empty if none
   *     can be
   */
  public TemplateLayout(
      FolderTemplate template,
      FilePer filePer,
      Optional<Instant> runTime,
      Optional<Instant> previous) {
    this.template = template;
    this.filePer = filePer;
    this.runTime = runTime;
    this.runMs = runTime.map(Instant::toEpochMilli).orElse(0L);
    this.previous = template.hasTime() && runTime.isEmpty() ? previous : Optional.empty();
  }

  @Override
  public Lane lane(KafkaRecord record, Lane last) throws UnwritableRecordException {
    long ms = runTime.isPresent() ? runMs : record.timestamp();
    boolean told = runTime.isPresent() || ms != KafkaRecord.NO_TIMESTAMP && template.tells(ms);
    int offset = told ? template.offset(ms) : NO_TIME;
    long bucket = told ? template.bucket(ms, offset) : 0;
    if (place == null || !place.is(record.partition(), offset, bucket)) {
      Place next = new Place(record.partition(), offset, bucket);
      // Not before there is a lane: a record that has none says nothing of the next one's.
      place = null;
      found = places.get(next);
      if (found == null) {
        found = find(record, told ? Instant.ofEpochMilli(ms) : null);
        if (places.size() == MOST_REMEMBERED) {
          places.clear();
        }
        places.put(next, found);
      }
      place = next;
    }
    if (template.hasHeaders()) {
      Lane lane = make(record, told ? Instant.ofEpochMilli(ms) : null);
      return lane.equals(last) ? last : lane;
    }
    return found.lane;
  }

  /**
   * @param time null if folders cannot tell it
   */
  private Found find(KafkaRecord record, Instant time) throws UnwritableRecordException {
    boolean late =
        previous.isPresent()
            && time != null
            && time.isBefore(previous.get())
            && !template.sameTime(time, previous.get());
    return new Found(template.hasHeaders() ? null : make(record, time), late);
  }

  @Override
  public boolean isLate() {
    return found.late;
  }

  private Lane make(KafkaRecord record, Instant time) throws UnwritableRecordException {
    String folder = template.folder(record, time);
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
