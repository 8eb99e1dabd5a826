package io.kafkahdfs.consumer.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.MayBeNull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which cluster and which topics a load reads. Names can be given again: another cluster behind the
 * same address, or a topic that was deleted and created again, is told by its id, where brokers
 * have ids.
 *
 * @param generation how the cluster is spoken to
 * @param clusterId null where brokers have none (before Kafka 0.10.1)
 * @param topicIds by name; empty where brokers have none (before Kafka 2.8)
 * @param isolation which records of transactions are read; null if an earlier version did
 */
public record ClusterIdentity(
    Generation generation,
    @MayBeNull String clusterId,
    SortedMap<String, String> topicIds,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Isolation isolation) {
  public ClusterIdentity {
    topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
  }

  /**
   * @param topics what the cluster said of them
   */
  public static ClusterIdentity of(KafkaCluster cluster, TopicsSnapshot topics) throws IOException {
    return new ClusterIdentity(
        cluster.generation(),
        cluster.clusterId().orElse(null),
        topics.topicIds(),
        cluster.isolation());
  }

  /** This identity, with the ids of topics that only an earlier one knows. */
  public ClusterIdentity remembering(ClusterIdentity earlier) {
    SortedMap<String, String> all = new TreeMap<>(earlier.topicIds);
    all.putAll(topicIds);
    return new ClusterIdentity(generation, clusterId, all, isolation);
  }

  /**
   * Checks that a load continues with what it has begun with.
   *
   * @throws InvalidSettingException if it is another cluster, or another topic of the same name
   */
  public void checkSame(ClusterIdentity earlier) throws InvalidSettingException {
    if (clusterId != null && earlier.clusterId != null && !clusterId.equals(earlier.clusterId)) {
      throw new InvalidSettingException(
          "The brokers belong to the cluster "
              + clusterId
              + ", and the output was loaded from the cluster "
              + earlier.clusterId
              + ", whose offsets mean nothing here. Use the --bootstrap-server of that cluster, or"
              + " another --output.");
    }
    List<String> anew = new ArrayList<>();
    for (Map.Entry<String, String> topic : topicIds.entrySet()) {
      String before = earlier.topicIds.get(topic.getKey());
      if (before != null && !before.equals(topic.getValue())) {
        anew.add(topic.getKey() + " (id " + before + ", now " + topic.getValue() + ")");
      }
    }
    if (!anew.isEmpty()) {
      throw new InvalidSettingException(
          "Deleted and created again since the last run: "
              + String.join(", ", anew)
              + ". The offsets of the old topic mean nothing in the new one. Load it into another"
              + " --output, or leave it out with --exclude.");
    }
  }
}
