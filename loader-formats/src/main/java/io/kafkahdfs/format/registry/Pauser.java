package io.kafkahdfs.format.registry;

import java.time.Duration;

/** Waits between two tries. */
interface Pauser {
  void pause(Duration time) throws InterruptedException;

  /** Lets the thread sleep. */
  static Pauser sleeping() {
    return time -> Thread.sleep(time.toMillis());
  }
}
