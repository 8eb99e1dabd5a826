package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;

/** A layout that has lanes for some records only. */
final class WantedLayout implements Layout {
  private final Layout layout;
  private final Map<String, Map<PartitionId, NavigableMap<Long, OffsetRange>>> ranges;

  /** What the layout said of the last record. */
  private Lane place;

  /**
   * @param ranges of offsets, by folder, partition and first offset
   */
  WantedLayout(
      Layout layout, Map<String, Map<PartitionId, NavigableMap<Long, OffsetRange>>> ranges) {
    this.layout = layout;
    this.ranges = ranges;
  }

  @Override
  public Lane lane(KafkaRecord record, Lane last) throws IOException {
    place = layout.lane(record, place);
    Map<PartitionId, NavigableMap<Long, OffsetRange>> partitions = ranges.get(place.folder());
    NavigableMap<Long, OffsetRange> found =
        partitions == null ? null : partitions.get(record.partition());
    if (found == null) {
      return null;
    }
    Map.Entry<Long, OffsetRange> range = found.floorEntry(record.offset());
    return range != null && range.getValue().contains(record.offset()) ? place : null;
  }

  @Override
  public boolean isLate() {
    return layout.isLate();
  }
}
