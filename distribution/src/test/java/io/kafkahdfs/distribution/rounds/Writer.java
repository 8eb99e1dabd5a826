package io.kafkahdfs.distribution.rounds;

import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Produces until it is told to stop, and notes how all of it ended. */
abstract class Writer implements Runnable {
  private static final int LARGEST_BATCH = 30;
  private static final int LONGEST_PADDING = 400;

  private final String name;
  private final List<PartitionId> partitions;
  private final Random random;
  private long sent;

  /**
   * A writer.
   *
   * @param name begins its values, and no other writer's
   */
  Writer(String name, List<PartitionId> partitions, long seed) {
    this.name = name;
    this.partitions = partitions;
    this.random = new Random(seed ^ name.hashCode());
  }

  /** A value with its partition. */
  record Value(PartitionId partition, String text) {}

  /** The next values, all for one partition unless they may be spread. */
  List<Value> batch(boolean spread) {
    List<Value> values = new ArrayList<>();
    int count = 1 + random.nextInt(LARGEST_BATCH);
    PartitionId partition = partition();
    for (int i = 0; i < count; i++) {
      String text = name + "-" + sent++ + "-" + "x".repeat(random.nextInt(LONGEST_PADDING));
      values.add(new Value(spread ? partition() : partition, text));
    }
    return values;
  }

  private PartitionId partition() {
    return partitions.get(random.nextInt(partitions.size()));
  }

  boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** Sends once; returns when it knows how that ended. */
  abstract void write();

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      write();
      // A pace: the machine has other things to do.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    close();
  }

  /** Lets go of the brokers. */
  void close() {}
}
