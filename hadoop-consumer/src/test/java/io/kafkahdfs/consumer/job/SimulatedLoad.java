package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** The driver of a load, with another Kafka and another MapReduce than a command has. */
public final class SimulatedLoad {
  private SimulatedLoad() {}

  /** What stands in for Kafka and MapReduce. */
  public interface Engine {
    KafkaCluster connect() throws IOException;

    /** Runs a job. @return whether it was successful */
    boolean run(Run run, RunPlan plan) throws IOException, InterruptedException;

    /** Tells the job of a run to end, if it goes on. */
    void endLeft(String run) throws IOException;
  }

  /**
   * What a load says in the end, when its exit code is 0.
   *
   * @param commit empty if it says that there was nothing to do
   * @param next where the next run begins, by topic and partition
   */
  public record Said(Optional<Long> commit, String why, Map<String, Long> next) {}

  /** Runs a load as the command does. */
  public static Said run(Invocation invocation, LoadOutput output, RunOrigin origin, Engine engine)
      throws IOException, InterruptedException {
    LoadEngine inner =
        new LoadEngine() {
          @Override
          public KafkaCluster connect() throws IOException {
            return engine.connect();
          }

          @Override
          public MapReduceRun.Ended run(Run run, RunPlan plan)
              throws IOException, InterruptedException {
            return new MapReduceRun.Ended("job", engine.run(run, plan));
          }

          @Override
          public void endLeft(Path run) throws IOException {
            engine.endLeft(run.getName());
          }
        };
    Summary summary =
        new LoadJob(
                invocation,
                output,
                origin,
                new NewRecords(invocation.settings(), origin),
                inner,
                Optional.empty())
            .run();
    Map<String, Long> next = new TreeMap<>();
    summary.next().forEach(each -> next.put(each.topic() + "-" + each.partition(), each.offset()));
    return new Said(Optional.ofNullable(summary.commit()), summary.why(), next);
  }
}
