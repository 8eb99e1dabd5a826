package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that offsets are gone before a run gives them up for ever. One answer of a broker that
 * is wrong for a moment, as after an election, must not be a loss in a commit: the cluster is asked
 * once more, and asked for the records themselves.
 */
record GapCheck(KafkaCluster cluster) {
  private static final Logger LOG = LoggerFactory.getLogger(GapCheck.class);

  /** Any record that is there will do, of whatever size. */
  private static final ReadSettings ONE_FETCH = new ReadSettings(1 << 16, Integer.MAX_VALUE, 1);

  /**
   * @param gaps what is missing by a first answer, by partition
   * @return what is missing for sure: the same ranges, or their beginnings, or empty ones
   */
  Map<PartitionId, OffsetRange> confirm(Map<PartitionId, OffsetRange> gaps) throws IOException {
    Map<PartitionId, OffsetRange> confirmed = new TreeMap<>();
    if (gaps.isEmpty()) {
      return confirmed;
    }
    SortedMap<PartitionId, PartitionSnapshot> again =
        cluster
            .describe(
                TopicFilter.of(
                    gaps.keySet().stream()
                        .map(PartitionId::topic)
                        .distinct()
                        .toArray(String[]::new)))
            .partitions();
    for (OffsetRange gap : gaps.values()) {
      PartitionSnapshot now = again.get(gap.partition());
      long first = now == null ? gap.until() : Math.min(gap.until(), now.readable().from());
      OffsetRange rest = gap.endingAt(Math.max(gap.from(), first));
      OffsetRange removed = rest.isEmpty() ? rest : removed(rest);
      if (!removed.equals(gap)) {
        LOG.warn("A broker said that {} was removed; what is gone is {}", gap, removed);
      }
      confirmed.put(gap.partition(), removed);
    }
    return confirmed;
  }

  private OffsetRange removed(OffsetRange gap) throws IOException {
    try (RangeReader reader = cluster.read(gap, ONE_FETCH)) {
      reader.next();
      return gap.endingAt(gap.from());
    } catch (OffsetsRemovedException e) {
      return gap.endingAt(Math.min(gap.until(), e.removed().until()));
    } catch (DamagedRecordException e) {
      // It is there, and a task will say in what state.
      return gap.endingAt(gap.from());
    }
  }
}
