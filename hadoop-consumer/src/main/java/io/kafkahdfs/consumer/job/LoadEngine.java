package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.split.RunPlan;
import io.kafkahdfs.consumer.state.Run;
import java.io.IOException;

/** What a load works with beside the file store: Kafka, and MapReduce. */
interface LoadEngine {
  /** Connects to the cluster that is loaded from. */
  KafkaCluster connect() throws IOException;

  /** Runs a plan's tasks and their job's commit, and waits for the end. */
  MapReduceRun.Ended run(Run run, RunPlan plan) throws IOException, InterruptedException;

  /** The cluster and the MapReduce that a command was called with. */
  static LoadEngine of(Invocation invocation) {
    return new LoadEngine() {
      @Override
      public KafkaCluster connect() throws IOException {
        return KafkaConnection.connect(invocation.configuration(), invocation.credentials());
      }

      @Override
      public MapReduceRun.Ended run(Run run, RunPlan plan)
          throws IOException, InterruptedException {
        return new MapReduceRun(
                invocation.configuration(),
                invocation.credentials(),
                invocation.settings(),
                invocation.console())
            .run(run, plan);
      }
    };
  }
}
