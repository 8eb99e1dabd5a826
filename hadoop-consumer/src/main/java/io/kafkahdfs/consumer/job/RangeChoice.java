package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import java.io.IOException;

/** Which offsets a run reads. */
interface RangeChoice {
  /**
   * @param history what earlier runs of the load left
   */
  OffsetPlan choose(KafkaCluster cluster, History history) throws IOException;
}
