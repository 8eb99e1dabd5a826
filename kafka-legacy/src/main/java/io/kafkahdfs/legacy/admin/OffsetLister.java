package io.kafkahdfs.legacy.admin;

import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.legacy.connection.BrokerConnection;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.connection.Patience;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kafka.api.PartitionOffsetRequestInfo;
import kafka.common.ErrorMapping;
import kafka.common.TopicAndPartition;
import kafka.javaapi.OffsetResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks leaders for offsets. Asked for a time, a broker of Kafka 0.9 answers with the first offsets
 * of the segments that were last written before it, the latest first; asked for the latest, with
 * the partition's readable end and then the first offsets of all segments. So one question gives
 * both ends of a partition.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/A+Guide+To+The+Kafka+Protocol#AGuideToTheKafkaProtocol-OffsetAPI(AKAListOffset)">Offset
 *     API</a>, and {@code KafkaApis.fetchOffsetsBefore} of Kafka 0.9
 */
public final class OffsetLister {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetLister.class);
  private static final PartitionOffsetRequestInfo BOTH_ENDS =
      new PartitionOffsetRequestInfo(kafka.api.OffsetRequest.LatestTime(), Integer.MAX_VALUE);

  private final LeaderFinder leaders;
  private final ClientOptions options;

  public OffsetLister(LeaderFinder leaders, ClientOptions options) {
    this.leaders = leaders;
    this.options = options;
  }

  /** What can be read of some partitions. */
  public Map<PartitionId, OffsetRange> available(Set<PartitionId> partitions) throws IOException {
    Map<PartitionId, OffsetRange> ranges = new HashMap<>();
    list(partitions, BOTH_ENDS)
        .forEach((partition, offsets) -> ranges.put(partition, range(partition, offsets)));
    return ranges;
  }

  /** What can be read of one partition, asked over a connection to its leader, once. */
  public static OffsetRange available(PartitionId partition, BrokerConnection leader)
      throws IOException {
    TopicAndPartition id = kafkaId(partition);
    OffsetResponse response = leader.offsets(Map.of(id, BOTH_ENDS));
    try {
      short error = response.errorCode(id.topic(), id.partition());
      if (error != ErrorMapping.NoError()) {
        throw new IOException(leader.address() + ": " + ErrorMapping.exceptionNameFor(error));
      }
      return range(partition, response.offsets(id.topic(), id.partition()));
    } catch (RuntimeException e) {
      throw leader.nonsense(e);
    }
  }

  private static OffsetRange range(PartitionId partition, long[] latestFirst) {
    if (latestFirst.length == 0) {
      throw new IllegalArgumentException("no offsets of " + partition);
    }
    return new OffsetRange(partition, latestFirst[latestFirst.length - 1], latestFirst[0]);
  }

  /** The first offset of the last segment that was written before a time, and of none: empty. */
  public Map<PartitionId, Optional<Long>> before(Set<PartitionId> partitions, long time)
      throws IOException {
    Map<PartitionId, Optional<Long>> found = new HashMap<>();
    list(partitions, new PartitionOffsetRequestInfo(time, 1))
        .forEach(
            (partition, offsets) ->
                found.put(
                    partition, offsets.length == 0 ? Optional.empty() : Optional.of(offsets[0])));
    return found;
  }

  private Map<PartitionId, long[]> list(
      Set<PartitionId> partitions, PartitionOffsetRequestInfo time) throws IOException {
    Map<PartitionId, long[]> found = new HashMap<>();
    Set<PartitionId> open = new LinkedHashSet<>(partitions);
    Patience patience = new Patience(options.timeout());
    while (!open.isEmpty()) {
      Map<PartitionId, String> reasons = new TreeMap<>();
      byLeader(open, reasons).forEach((leader, ids) -> ask(leader, ids, time, found, reasons));
      open.removeAll(found.keySet());
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Interrupted while asking for offsets");
      }
      if (!open.isEmpty()) {
        if (patience.isExhausted()) {
          throw new KafkaUnreachableException(
              "No offsets of "
                  + reasons.size()
                  + " partitions within "
                  + options.timeout().toMillis()
                  + " ms: "
                  + reasons,
              null);
        }
        LOG.warn("Still asking for the offsets of {}", reasons);
        patience.pause();
      }
    }
    return found;
  }

  private Map<BrokerAddress, Set<PartitionId>> byLeader(
      Set<PartitionId> partitions, Map<PartitionId, String> reasons) throws IOException {
    ClusterMap map = leaders.refresh();
    Map<BrokerAddress, Set<PartitionId>> byLeader = new HashMap<>();
    for (PartitionId partition : partitions) {
      Optional<BrokerAddress> leader = map.leaders().get(partition);
      if (leader == null) {
        throw new LoaderException(
            ExitCode.FAILURE, "Partition " + partition + " does not exist in this cluster");
      }
      if (leader.isEmpty()) {
        reasons.put(partition, "it has no leader");
      } else {
        byLeader.computeIfAbsent(leader.get(), l -> new LinkedHashSet<>()).add(partition);
      }
    }
    return byLeader;
  }

  private void ask(
      BrokerAddress leader,
      Set<PartitionId> partitions,
      PartitionOffsetRequestInfo time,
      Map<PartitionId, long[]> found,
      Map<PartitionId, String> reasons) {
    Map<TopicAndPartition, PartitionOffsetRequestInfo> times = new HashMap<>();
    partitions.forEach(partition -> times.put(kafkaId(partition), time));
    try (BrokerConnection connection =
        new BrokerConnection(leader, options, options.requestTimeout())) {
      OffsetResponse response = connection.offsets(times);
      for (PartitionId partition : partitions) {
        try {
          short error = response.errorCode(partition.topic(), partition.partition());
          if (error == ErrorMapping.NoError()) {
            long[] offsets = response.offsets(partition.topic(), partition.partition());
            check(partition, offsets, time);
            found.put(partition, offsets);
          } else {
            reasons.put(partition, leader + ": " + ErrorMapping.exceptionNameFor(error));
          }
        } catch (RuntimeException e) {
          reasons.put(partition, connection.nonsense(e).getMessage());
        }
      }
    } catch (IOException e) {
      partitions.forEach(partition -> reasons.put(partition, e.getMessage()));
    }
  }

  private static void check(
      PartitionId partition, long[] offsets, PartitionOffsetRequestInfo time) {
    if (time.equals(BOTH_ENDS)) {
      range(partition, offsets);
    } else if (offsets.length > 0 && offsets[0] < 0) {
      throw new IllegalArgumentException("the offset " + offsets[0] + " of " + partition);
    }
  }

  private static TopicAndPartition kafkaId(PartitionId partition) {
    return new TopicAndPartition(partition.topic(), partition.partition());
  }
}
