package io.kafkahdfs.distribution.rounds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What fails, when and for how long, all of it made of a seed: one line of faults for the servers
 * and one for the processes of the runs, at the same time. In each line every kind comes once
 * before one comes twice.
 */
record Rounds(long seed, List<Fault> servers, List<Fault> processes) {
  /** Who fails. */
  enum Target {
    /** The broker that leads a partition that is loaded. */
    LEADER(true),
    /** The broker that coordinates transactions. */
    COORDINATOR(true),
    DATANODE(true),
    NAMENODE(true),
    NODEMANAGER(true),
    LOAD_DRIVER(false),
    EXPORT_DRIVER(false),
    MASTER(false),
    TASK(false);

    private final boolean server;

    Target(boolean server) {
      this.server = server;
    }
  }

  /** How. */
  enum Signal {
    KILL,
    /** It hangs, and goes on later. */
    STOP
  }

  /**
   * Something that fails.
   *
   * @param pause how long all is well in this line before
   * @param hold how long it lasts until a server is started again, or what was stopped goes on
   * @param choice chooses one where there are several
   */
  record Fault(Target target, Signal signal, Duration pause, Duration hold, int choice) {
    @Override
    public String toString() {
      return "%s %s after %.1f s for %.1f s"
          .formatted(signal, target, pause.toMillis() / 1e3, hold.toMillis() / 1e3);
    }
  }

  /**
   * Makes the schedule.
   *
   * @param length how long each of both lines is
   */
  static Rounds of(long seed, Duration length, List<Target> targets) {
    Random random = new Random(seed);
    return new Rounds(
        seed,
        line(random, length, targets.stream().filter(target -> target.server).toList()),
        line(random, length, targets.stream().filter(target -> !target.server).toList()));
  }

  private static List<Fault> line(Random random, Duration length, List<Target> targets) {
    List<Fault> line = new ArrayList<>();
    List<Fault> deck = new ArrayList<>();
    Duration total = Duration.ZERO;
    while (total.compareTo(length) < 0) {
      if (deck.isEmpty()) {
        for (Target target : targets) {
          for (Signal signal : Signal.values()) {
            deck.add(fault(random, target, signal));
          }
        }
        Collections.shuffle(deck, random);
      }
      Fault next = deck.remove(deck.size() - 1);
      line.add(next);
      total = total.plus(next.pause()).plus(next.hold());
    }
    return List.copyOf(line);
  }

  /** Those that are stopped often go on only when all that waits for them has given them up. */
  private static Fault fault(Random random, Target target, Signal signal) {
    int longest = signal == Signal.STOP ? 30_000 : 10_000;
    int hold = target.server || signal == Signal.STOP ? random.nextInt(1_000, longest) : 0;
    return new Fault(
        target,
        signal,
        Duration.ofMillis(random.nextInt(1_000, target.server ? 15_000 : 8_000)),
        Duration.ofMillis(hold),
        random.nextInt(Integer.MAX_VALUE));
  }
}
