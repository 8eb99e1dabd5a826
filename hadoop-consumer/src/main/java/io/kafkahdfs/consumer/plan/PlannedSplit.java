package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What one map task reads.
 *
 * @param ranges in the order in which they are read; each of another partition
 * @param hosts where the leaders are, the one with most to read first
 * @param estimatedBytes of keys and values
 */
public record PlannedSplit(List<OffsetRange> ranges, List<String> hosts, long estimatedBytes) {
  public PlannedSplit {
    ranges = List.copyOf(ranges);
    hosts = List.copyOf(hosts);
    StoredValue.notNegative("estimatedBytes", estimatedBytes);
    StoredValue.distinct("ranges", ranges, range -> range);
  }
}
