package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.consumer.commit.LoaderCommitter;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.split.KafkaSplit;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.testkit.simulation.SimulatedProcess;
import io.kafkahdfs.testkit.simulation.Simulation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.task.JobContextImpl;

/**
 * MapReduce on YARN, as far as it matters to a committer: an application master that runs a task's
 * attempts, speculative ones among them, lets one attempt of a task commit at a time, cleans up
 * after those that failed, and at the end commits the job; and a resource manager that starts the
 * application master again when it is gone or seems to be.
 *
 * <p>Whoever was presumed dead may go on: an attempt whose node was cut off, an application master
 * that stood still. Each application master is on its own, but for the history of tasks that have
 * succeeded, as far as it had come when the next one read it.
 */
final class SimulatedJob {
  static final JobConf CONFIGURATION = new JobConf(false);

  private static final int MASTERS = 2;
  private static final int ATTEMPTS = 4;
  private static final int ATTEMPTS_OF_A_MASTER = 1000;

  private final LoadWorld world;
  private final Simulation simulation;
  private final Run run;
  private final RunPlan plan;
  private final JobID id;
  private final TreeSet<Integer> history = new TreeSet<>();
  private final List<SimulatedProcess> running = new ArrayList<>();
  private SimulatedProcess master;
  private int masters;
  private boolean over;
  private boolean successful;

  SimulatedJob(LoadWorld world, Run run, RunPlan plan, JobID id) {
    this.world = world;
    this.simulation = world.simulation();
    this.run = run;
    this.plan = plan;
    this.id = id;
  }

  /** Runs it, while the driver waits. @return whether it was successful */
  boolean run(SimulatedProcess driver) {
    simulation.start("rm-" + run.folder().id(), this::manage);
    driver.await(() -> over);
    return successful;
  }

  /** Tells it to end: its processes are killed, but for those that nobody reaches. */
  Void kill() {
    if (!over) {
      over = true;
      running.stream().filter(process -> simulation.chance(0.7)).forEach(SimulatedProcess::kill);
    }
    return null;
  }

  private void manage(SimulatedProcess self) {
    while (!over) {
      if (masters == MASTERS) {
        over = true;
        return;
      }
      int number = masters++;
      master =
          simulation.start(
              "am" + number + "-" + run.folder().id(),
              process -> new Master(process, number).work());
      running.add(master);
      self.await(() -> over || master.isGone() || master.isStalled());
      while (!over && !master.isGone() && !simulation.chance(0.1)) {
        self.await(() -> over || master.isGone() || master.isStalled());
      }
    }
  }

  private void end(SimulatedProcess of, boolean success) {
    if (master == of && !over) {
      over = true;
      successful = success;
    }
  }

  /** What an application master knows of a task. */
  private static final class Task {
    final int number;
    final KafkaSplit split;
    final List<SimulatedAttempt> running = new ArrayList<>();
    SimulatedAttempt committing;
    int attempts;
    boolean succeeded;

    Task(int number, KafkaSplit split) {
      this.number = number;
      this.split = split;
    }
  }

  private final class Master {
    private final SimulatedProcess self;
    private final int number;
    private final LoaderCommitter committer;
    private final List<Task> tasks = new ArrayList<>();

    Master(SimulatedProcess self, int number) {
      this.self = self;
      this.number = number;
      this.committer = new LoaderCommitter(world.store(self), run);
      List<KafkaSplit> splits = KafkaSplit.all(plan.splits());
      for (int i = 0; i < splits.size(); i++) {
        Task task = new Task(i, splits.get(i));
        task.succeeded = history.contains(i);
        tasks.add(task);
      }
    }

    void work() {
      try {
        runTasks();
        committer.commitJob(new JobContextImpl(CONFIGURATION, id));
        end(self, true);
      } catch (IOException e) {
        end(self, false);
      }
    }

    private void runTasks() throws IOException {
      while (true) {
        List<Task> open = tasks.stream().filter(task -> !task.succeeded).toList();
        if (open.isEmpty()) {
          return;
        }
        for (Task task : open) {
          if (task.running.isEmpty() || task.running.size() == 1 && simulation.chance(0.1)) {
            launch(task);
          }
        }
        self.await(() -> open.stream().anyMatch(this::hasNews));
        for (Task task : open) {
          hear(task);
        }
      }
    }

    private boolean hasNews(Task task) {
      return task.running.stream().anyMatch(attempt -> attempt.isGone() || attempt.isStalled());
    }

    private void launch(Task task) throws IOException {
      if (task.attempts == ATTEMPTS) {
        throw new IOException("Task " + task.number + " has failed too often");
      }
      int attempt = number * ATTEMPTS_OF_A_MASTER + task.attempts++;
      SimulatedAttempt started =
          SimulatedAttempt.start(
              world, run, id, task.number, attempt, task.split, wish -> mayCommit(task, wish));
      task.running.add(started);
      running.add(started.process());
    }

    /** Lets one attempt of a task commit; those of a master that is gone, none. */
    private SimulatedAttempt.Answer mayCommit(Task task, SimulatedAttempt attempt) {
      if (over || self.isGone() || task.succeeded || !task.running.contains(attempt)) {
        return SimulatedAttempt.Answer.NO;
      }
      if (task.committing == null) {
        task.committing = attempt;
      }
      return task.committing == attempt
          ? SimulatedAttempt.Answer.YES
          : SimulatedAttempt.Answer.WAIT;
    }

    private void hear(Task task) {
      for (SimulatedAttempt attempt : List.copyOf(task.running)) {
        if (attempt.hasSucceeded() && !task.succeeded) {
          task.succeeded = true;
          task.running.remove(attempt);
          if (master == self) {
            history.add(task.number);
          }
        } else if (attempt.isGone() || attempt.isStalled() && simulation.chance(0.3)) {
          // One that only stands still gets no news of it: its node may be cut off.
          if (simulation.random().nextBoolean()) {
            attempt.kill();
          }
          discard(task, attempt);
        }
      }
      if (task.succeeded) {
        for (SimulatedAttempt attempt : List.copyOf(task.running)) {
          attempt.kill();
          discard(task, attempt);
        }
      }
    }

    private void discard(Task task, SimulatedAttempt attempt) {
      // The committer's abortTask leaves the files of an attempt to the end of the run.
      task.running.remove(attempt);
      if (task.committing == attempt) {
        task.committing = null;
      }
    }
  }
}
