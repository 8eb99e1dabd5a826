package io.kafkahdfs.testkit.simulation;

import java.util.Random;

/**
 * How rough a history is: the probabilities of what may happen at each step. Drawn for each history
 * anew, so that some have one single fault and others many.
 *
 * @param change another process goes on
 * @param stall the process stands still for a while
 * @param jump the clock jumps
 * @param failure the step fails
 * @param death the process dies
 */
record Weather(double change, double stall, double jump, double failure, double death) {
  static Weather of(Random random) {
    return new Weather(
        one(random, 0.03, 0.2, 0.5),
        one(random, 0, 0.003, 0.02),
        one(random, 0, 0.003, 0.03),
        one(random, 0, 0.002, 0.01),
        one(random, 0, 0.003, 0.01));
  }

  private static double one(Random random, double... of) {
    return of[random.nextInt(of.length)];
  }
}
