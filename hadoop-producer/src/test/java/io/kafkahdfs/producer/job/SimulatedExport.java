package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import java.io.IOException;
import java.util.Set;

/** The driver of an export, with another Kafka and another MapReduce than a command has. */
public final class SimulatedExport {
  private SimulatedExport() {}

  /** What stands in for Kafka and MapReduce. */
  public interface Engine {
    KafkaTarget connect() throws IOException;

    /** Runs the tasks of some splits. @return whether they succeeded */
    boolean run(RoundFolder round, Set<Integer> splits) throws IOException;
  }

  /**
   * Runs an export as the command does.
   *
   * @return what its summary names as its outcome
   */
  public static String run(Invocation invocation, RunOrigin origin, Exports exports, Engine engine)
      throws IOException, InterruptedException {
    return new ExportJob(invocation, origin, exports, engine::connect, submitted -> engine::run)
        .run()
        .outcome();
  }
}
