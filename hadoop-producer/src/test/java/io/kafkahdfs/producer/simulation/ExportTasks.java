package io.kafkahdfs.producer.simulation;

import io.kafkahdfs.testkit.simulation.SimulatedProcess;
import io.kafkahdfs.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * MapReduce on YARN, as far as it matters to an export: an application master that runs the
 * attempts of tasks, again when they fail, stand still or die, sometimes two at once, and that is
 * started again itself. Who was presumed dead may go on.
 */
final class ExportTasks {
  private static final int MASTERS = 2;
  private static final int ATTEMPTS = 4;

  private final Simulation simulation;
  private final String name;
  private final Starter starter;
  private final Set<Integer> history = new HashSet<>();
  private int attempts;
  private SimulatedProcess master;
  private boolean over;
  private boolean successful;

  /** Starts an attempt of a task. */
  @FunctionalInterface
  interface Starter {
    Attempt start(String name, int split, int number);
  }

  /** An attempt of a task. */
  interface Attempt {
    SimulatedProcess process();

    boolean succeeded();
  }

  ExportTasks(Simulation simulation, String name, Starter starter) {
    this.simulation = simulation;
    this.name = name;
    this.starter = starter;
  }

  /** Runs the tasks of some splits, while the driver waits. @return whether all succeeded */
  boolean run(SimulatedProcess driver, Collection<Integer> splits) {
    simulation.start("rm-" + name, self -> manage(self, splits));
    driver.await(() -> over);
    return successful;
  }

  private void manage(SimulatedProcess self, Collection<Integer> splits) {
    for (int number = 0; number < MASTERS && !over; number++) {
      int count = number;
      master = simulation.start("am" + count + "-" + name, process -> work(process, splits));
      do {
        self.await(() -> over || master.isGone() || master.isStalled());
      } while (!over && !master.isGone() && !simulation.chance(0.1));
    }
    over = true;
  }

  private void work(SimulatedProcess self, Collection<Integer> splits) {
    Set<Integer> done = new HashSet<>(history);
    boolean good = true;
    for (int split : splits) {
      good = good && (done.contains(split) || runTask(self, split));
    }
    if (master == self && !over) {
      over = true;
      successful = good;
    }
  }

  private boolean runTask(SimulatedProcess self, int split) {
    List<Attempt> running = new ArrayList<>();
    int started = 0;
    while (true) {
      if (running.isEmpty() || running.size() == 1 && simulation.chance(0.1)) {
        if (started == ATTEMPTS) {
          return false;
        }
        started++;
        int number = attempts++;
        running.add(starter.start("task" + split + "." + number + "-" + name, split, number));
      }
      self.await(
          () -> running.stream().anyMatch(a -> a.process().isGone() || a.process().isStalled()));
      for (Attempt attempt : List.copyOf(running)) {
        if (attempt.succeeded()) {
          running.remove(attempt);
          running.forEach(other -> other.process().kill());
          if (master == self) {
            history.add(split);
          }
          return true;
        }
        if (attempt.process().isGone() || simulation.chance(0.3)) {
          // One that only stands still gets no news of it: its node may be cut off.
          running.remove(attempt);
        }
      }
    }
  }
}
