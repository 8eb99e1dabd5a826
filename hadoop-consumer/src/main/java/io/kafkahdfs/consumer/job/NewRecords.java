package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.PlanSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.OffsetPlanner;
import java.io.IOException;

/** What has come since the last run, within the limits of a run. */
record NewRecords(Settings settings, RunOrigin origin) implements RangeChoice {
  @Override
  public OffsetPlan choose(KafkaCluster cluster, TopicsSnapshot topics, History history)
      throws IOException {
    OffsetPlan plan =
        new OffsetPlanner(cluster, TopicSelection.of(settings), PlanSettings.of(settings))
            .plan(topics, history, origin.started().toString());
    return new FingerprintCheck(cluster, KafkaConnection.readSettings(settings))
        .check(plan, topics, history);
  }
}
