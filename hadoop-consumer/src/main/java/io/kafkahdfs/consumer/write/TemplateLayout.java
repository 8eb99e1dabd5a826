package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
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
  private final Optional<Instant> previous;
  private final Map<Place, Lane> lanes = new HashMap<>();
  private PartitionId lastPartition;
  private long lastBucket;
  private int lastOffset;
  private boolean late;

  private record Place(PartitionId partition, int offset, long bucket) {}

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
    this.previous = template.hasTime() && runTime.isEmpty() ? previous : Optional.empty();
  }

  @Override
  public Lane lane(KafkaRecord record, Lane last) throws LoaderException {
    Instant time = time(record);
    int offset = time == null ? NO_TIME : template.offset(time);
    long bucket = time == null ? 0 : template.bucket(time, offset);
    boolean sameTime = last != null && bucket == lastBucket && offset == lastOffset;
    if (!sameTime) {
      lastBucket = bucket;
      lastOffset = offset;
      late = time != null && previous.isPresent() && wasOver(time, previous.get());
    }
    if (template.hasHeaders()) {
      Lane lane = make(record, time);
      return lane.equals(last) ? last : lane;
    }
    if (sameTime && record.partition().equals(lastPartition)) {
      return last;
    }
    lastPartition = record.partition();
    Place place = new Place(lastPartition, offset, bucket);
    Lane lane = lanes.get(place);
    if (lane == null) {
      lane = make(record, time);
      if (lanes.size() == MOST_REMEMBERED) {
        lanes.clear();
      }
      lanes.put(place, lane);
    }
    return lane;
  }

  /** Whether the time that the folder of a time tells was over then. */
  private boolean wasOver(Instant time, Instant then) {
    return time.isBefore(then) && !template.sameTime(time, then);
  }

  @Override
  public boolean isLate() {
    return late;
  }

  /** Null if folders cannot tell it. */
  private Instant time(KafkaRecord record) {
    if (runTime.isPresent()) {
      return runTime.get();
    }
    long ms = record.timestamp();
    return ms == KafkaRecord.NO_TIMESTAMP || !template.tells(ms) ? null : Instant.ofEpochMilli(ms);
  }

  private Lane make(KafkaRecord record, Instant time) throws LoaderException {
    String folder = template.folder(record, time);
    for (String name : folder.split("/")) {
      if (name.getBytes(StandardCharsets.UTF_8).length > FolderTemplate.LONGEST_NAME) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "The folder of "
                + record
                + " would have a name of more than "
                + FolderTemplate.LONGEST_NAME
                + " bytes: "
                + name
                + ". Choose another --layout than "
                + template
                + ".");
      }
    }
    return new Lane(folder, record.partition().topic(), filePer.of(record.partition()));
  }
}
