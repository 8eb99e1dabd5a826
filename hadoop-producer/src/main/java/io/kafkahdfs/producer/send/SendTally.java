package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.offset.PartitionId;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is acknowledged, by partition. Acknowledgements come on the senders' threads; all
 * else is asked by one thread.
 */
final class SendTally {
  private final Map<String, Topic> topics = new HashMap<>();

  /** What counts the records that are sent to a topic. */
  RecordSender.Acknowledgement of(String topic) {
    return topics.computeIfAbsent(topic, name -> new Topic());
  }

  /** How many records were acknowledged, by partition. */
  SortedMap<PartitionId, Long> byPartition() {
    SortedMap<PartitionId, Long> all = new TreeMap<>();
    topics.forEach(
        (name, topic) ->
            topic.partitions.forEach(
                (partition, count) -> all.put(new PartitionId(name, partition), count.sum())));
    return all;
  }

  long sum() {
    return topics.values().stream()
        .flatMap(topic -> topic.partitions.values().stream())
        .mapToLong(LongAdder::sum)
        .sum();
  }

  private static final class Topic implements RecordSender.Acknowledgement {
    private final Map<Integer, LongAdder> partitions = new ConcurrentHashMap<>();

    @Override
    public void acknowledged(int partition, long offset) {
      partitions.computeIfAbsent(partition, number -> new LongAdder()).increment();
    }
  }
}
