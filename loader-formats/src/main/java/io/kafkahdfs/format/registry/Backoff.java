package io.kafkahdfs.format.registry;

import java.time.Duration;

/**
 * How long to wait between tries: twice as long each time, and not exactly, since the tasks of a
 * job would else come back all at once.
 *
 * @param first about how long to wait the first time
 * @param most about how long to wait at most
 */
record Backoff(Duration first, Duration most) {
  /**
   * @param tried how many tries there were since the first, from 0 on
   * @param dice from 0 to 1
   */
  Duration after(int tried, double dice) {
    double millis = Math.min(most.toMillis(), first.toMillis() * Math.pow(2, tried));
    return Duration.ofMillis(Math.round(millis * (1 + dice) / 2));
  }
}
