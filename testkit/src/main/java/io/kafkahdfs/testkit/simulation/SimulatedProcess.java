package io.kafkahdfs.testkit.simulation;

import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InjectedFaultException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process of a {@link Simulation}: it runs when it has the turn, and may die at each step. */
public final class SimulatedProcess {
  private static final BooleanSupplier NOTHING = () -> true;

  private final Simulation simulation;
  private final String name;
  private final int number;
  private final Work work;
  private BooleanSupplier awaited = NOTHING;
  private int stalledUntil;
  private boolean dead;
  private boolean ended;
  private volatile Thread thread;
  private volatile boolean turn;

  SimulatedProcess(Simulation simulation, String name, int number, Work work) {
    this.simulation = simulation;
    this.name = name;
    this.number = number;
    this.work = work;
  }

  /** What a process does. What it throws, but for its own death, is a failure of the simulation. */
  @FunctionalInterface
  public interface Work {
    void run(SimulatedProcess self) throws Exception;
  }

  /** A call to the world outside a process. */
  @FunctionalInterface
  public interface Step<T> {
    T run() throws IOException;
  }

  /**
   * Makes a step: waits for its turn, and then does it, or fails, or dies, before or after.
   *
   * @param verb what is done
   * @param subject with what, for people
   */
  public <T> T step(String verb, Object subject, Step<T> step) throws IOException {
    if (Thread.currentThread() != thread) {
      throw new IOException("Only the process itself makes steps, not its helper threads");
    }
    checkAlive();
    simulation.turn(this);
    checkAlive();
    Fault fault = simulation.fault();
    if (fault == Fault.FAIL_BEFORE || fault == Fault.HALT_BEFORE) {
      simulation.trace().step(this, verb, subject, " -> " + fault);
      strike(fault, verb);
    }
    T result;
    try {
      result = step.run();
    } catch (IOException e) {
      simulation.trace().step(this, verb, subject, " -> " + e.getClass().getSimpleName());
      throw e;
    } catch (AssertionError e) {
      simulation.trace().step(this, verb, subject, " -> " + e.getMessage());
      simulation.fail(e);
      throw new HaltedError("The simulation has failed");
    }
    simulation.trace().step(this, verb, subject, fault == Fault.NONE ? "" : " -> " + fault);
    strike(fault, verb);
    return result;
  }

  private void strike(Fault fault, String verb) throws IOException {
    switch (fault) {
      case NONE -> {}
      case FAIL_BEFORE, FAIL_AFTER -> throw new InjectedFaultException(fault + " at " + verb);
      case HALT_BEFORE, HALT_AFTER -> {
        dead = true;
        throw new HaltedError(name + " is gone");
      }
    }
  }

  /** Lets others go on until something is so. */
  public void await(BooleanSupplier condition) {
    checkAlive();
    simulation.await(this, condition);
    checkAlive();
  }

  /** Ends it, as the kernel does: it makes no further step. */
  public void kill() {
    if (!ended && !dead) {
      simulation.trace().note(name, "is killed");
      dead = true;
    }
  }

  /** Whether it stands still now; nobody else can tell that from its death. */
  public boolean isStalled() {
    return isStalled(simulation.steps());
  }

  /** Whether it makes no further step. */
  public boolean isGone() {
    return dead || ended;
  }

  public String name() {
    return name;
  }

  int number() {
    return number;
  }

  void live() {
    thread = Thread.currentThread();
    awaitTurn();
    try {
      if (!dead) {
        work.run(this);
      }
    } catch (HaltedError e) {
      dead = true;
    } catch (Throwable e) {
      simulation.fail(e);
    } finally {
      ended = true;
      simulation.ended(this);
    }
  }

  void giveTurn() {
    turn = true;
    LockSupport.unpark(thread);
  }

  void awaitTurn() {
    while (!turn) {
      LockSupport.park(this);
    }
    turn = false;
  }

  void stall(int untilStep) {
    stalledUntil = untilStep;
  }

  void waitFor(BooleanSupplier condition) {
    awaited = condition;
  }

  boolean isReady() {
    if (dead || awaited.getAsBoolean()) {
      awaited = NOTHING;
      return true;
    }
    return false;
  }

  boolean isStalled(int step) {
    return !dead && stalledUntil > step;
  }

  int stalledUntil() {
    return stalledUntil;
  }

  private void checkAlive() {
    if (dead) {
      throw new HaltedError(name + " is gone");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
