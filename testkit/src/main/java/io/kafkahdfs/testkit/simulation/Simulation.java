package io.kafkahdfs.testkit.simulation;

import io.kafkahdfs.testkit.store.HaltedError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Processes that take turns: one of them runs at a time, and at each of its steps a random number
 * from a seed says who goes on, what fails and who dies. The same seed makes the same history.
 *
 * <p>A process is real code on a thread of its own. It makes a step at each call to the world
 * outside it, through wrappers such as {@link SimulatedFileStore}. Time is a number that steps move
 * on, and that jumps.
 */
public final class Simulation {
  /** More steps than any history needs: who takes more is not getting anywhere. */
  private static final int MOST_STEPS = 200_000;

  /** How many steps a stalled process lets pass at most. */
  private static final int LONGEST_STALL = 400;

  /** How far the clock jumps at most, in milliseconds. */
  private static final int LONGEST_JUMP = 600_000;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "simulated-process");
            thread.setDaemon(true);
            return thread;
          });

  private final Random random;
  private final Weather weather;
  private final Trace trace;
  private final List<SimulatedProcess> alive = new ArrayList<>();
  private final List<Runnable> events = new ArrayList<>();
  private boolean quiet;
  private long now = TimeUnit.DAYS.toMillis(20_000);
  private int started;
  private int steps;
  private Throwable failure;
  private Thread main;
  private volatile boolean over;

  /**
   * @param traced whether to keep what happens, for people
   */
  public Simulation(long seed, boolean traced) {
    this.random = new Random(scrambled(seed));
    this.weather = Weather.of(random);
    this.trace = new Trace(traced);
    trace.note("weather", weather);
  }

  /** Small seeds, as a test counts them, would begin with much the same numbers. */
  private static long scrambled(long seed) {
    long bits = seed * 0x9e3779b97f4a7c15L;
    return bits ^ bits >>> 29;
  }

  /**
   * Runs processes to their ends, the first one and all that they start.
   *
   * @throws AssertionError if a process failed as none may, or they wait for each other for ever
   */
  public void run(String name, SimulatedProcess.Work work) {
    main = Thread.currentThread();
    start(name, work);
    passOn();
    while (!over) {
      LockSupport.park(this);
    }
    if (failure != null) {
      throw new AssertionError(failure.getMessage(), failure);
    }
  }

  /** Starts a process; it makes its first step when its turn comes. */
  public SimulatedProcess start(String name, SimulatedProcess.Work work) {
    SimulatedProcess process = new SimulatedProcess(this, name, started++, work);
    alive.add(process);
    THREADS.execute(process::live);
    return process;
  }

  /** From now on nothing fails and nobody dies. */
  public void calm() {
    quiet = true;
    trace.note("weather", "calm");
  }

  public boolean isCalm() {
    return quiet;
  }

  /** Whether all but one process have ended. */
  public boolean isAlone() {
    return alive.size() == 1;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now += time.toMillis();
    trace.note("clock", now);
  }

  /** Something that may happen between two steps: it is asked each time, unless all is calm. */
  public void between(Runnable event) {
    events.add(event);
  }

  /** Where all randomness comes from. Only for who has the turn. */
  public Random random() {
    return random;
  }

  /** Whether something of a probability happens now. */
  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** The time, in milliseconds since 1970 UTC. */
  public long now() {
    return now;
  }

  /** What has happened. */
  public Trace trace() {
    return trace;
  }

  /** Ends all, since something has happened that must not. The first failure counts. */
  public void fail(Throwable found) {
    if (failure == null) {
      failure = found;
      trace.note("FAILED", found);
    }
  }

  /** Lets a process make a step; others may come before it. */
  void turn(SimulatedProcess process) {
    steps++;
    if (steps > MOST_STEPS) {
      fail(new AssertionError("It does not end: " + alive));
    }
    if (failure != null) {
      throw new HaltedError("The simulation has failed");
    }
    now += 1 + random.nextInt(20);
    if (!quiet) {
      events.forEach(Runnable::run);
      if (chance(weather.jump())) {
        now +=
            random.nextInt(4) == 0
                ? -random.nextInt(LONGEST_JUMP / 5)
                : random.nextInt(LONGEST_JUMP);
        trace.note("clock", now);
      }
      if (chance(weather.stall())) {
        process.stall(steps + 1 + random.nextInt(LONGEST_STALL));
        now += random.nextBoolean() ? random.nextInt(LONGEST_JUMP) : 0;
        trace.note(process.name(), "stalls, until step " + process.stalledUntil() + " of " + steps);
        giveWay(process);
        return;
      }
    }
    if (chance(weather.change())) {
      giveWay(process);
    }
  }

  /** Waits until something is so. */
  void await(SimulatedProcess process, BooleanSupplier condition) {
    process.waitFor(condition);
    giveWay(process);
    if (failure != null) {
      throw new HaltedError("The simulation has failed");
    }
  }

  Fault fault() {
    if (quiet) {
      return Fault.NONE;
    }
    if (chance(weather.failure())) {
      return random.nextBoolean() ? Fault.FAIL_BEFORE : Fault.FAIL_AFTER;
    }
    if (chance(weather.death())) {
      return random.nextBoolean() ? Fault.HALT_BEFORE : Fault.HALT_AFTER;
    }
    return Fault.NONE;
  }

  void ended(SimulatedProcess process) {
    alive.remove(process);
    if (alive.isEmpty()) {
      over = true;
      LockSupport.unpark(main);
    } else {
      passOn();
    }
  }

  private void giveWay(SimulatedProcess process) {
    SimulatedProcess next = next();
    if (next != process) {
      next.giveTurn();
      process.awaitTurn();
    }
  }

  private void passOn() {
    next().giveTurn();
  }

  /** Who goes on: one that can, or else the one that has stalled the shortest. */
  private SimulatedProcess next() {
    if (failure != null) {
      return alive.get(0);
    }
    List<SimulatedProcess> ready = new ArrayList<>(alive.size());
    SimulatedProcess stalled = null;
    for (SimulatedProcess process : alive) {
      if (!process.isReady()) {
        continue;
      }
      if (!process.isStalled(steps)) {
        ready.add(process);
      } else if (stalled == null || process.stalledUntil() < stalled.stalledUntil()) {
        stalled = process;
      }
    }
    if (!ready.isEmpty()) {
      return ready.get(random.nextInt(ready.size()));
    }
    if (stalled == null) {
      fail(new AssertionError("All wait for each other: " + alive));
      return alive.get(0);
    }
    steps = Math.max(steps, stalled.stalledUntil());
    return stalled;
  }

  int steps() {
    return steps;
  }
}
