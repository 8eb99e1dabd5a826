package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import java.io.IOException;

/** Which offsets a run reads. */
interface RangeChoice {
  /**
   * @param topics what the cluster said of the load's topics
   * @param history what earlier runs of the load left
   */
  OffsetPlan choose(KafkaCluster cluster, TopicsSnapshot topics, History history)
      throws IOException;
}
