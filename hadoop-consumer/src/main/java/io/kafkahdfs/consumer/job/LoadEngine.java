package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** What a load works with beside the file store: Kafka, and MapReduce. */
interface LoadEngine {
  /** Connects to the cluster that is loaded from. */
  KafkaCluster connect() throws IOException;

  /** Runs a plan's tasks and their job's commit, and waits for the end. */
  MapReduceRun.Ended run(Run run, RunPlan plan) throws IOException, InterruptedException;

  /**
   * Tells the job that a dead driver left to end, if there is one. Does not wait for it.
   *
   * @param run the folder of the driver's run
   */
  void endLeft(Path run) throws IOException, InterruptedException;

  /**
   * The cluster and the MapReduce that a command was called with.
   *
   * @param store where the run's folder is
   */
  static LoadEngine of(Invocation invocation, FileStore store) {
    return new LoadEngine() {
      @Override
      public KafkaCluster connect() throws IOException {
        return KafkaConnection.connect(invocation.configuration(), invocation.credentials());
      }

      @Override
      public MapReduceRun.Ended run(Run run, RunPlan plan)
          throws IOException, InterruptedException {
        return new MapReduceRun(invocation, store).run(run, plan);
      }

      @Override
      public void endLeft(Path run) throws IOException, InterruptedException {
        new SubmittedJob(invocation.configuration(), store, run).killEarlier(invocation.console());
      }
    };
  }
}
