package io.kafkahdfs.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Which time each record of a partition gets; all lie in the past. */
interface Times {
  /**
   * @param record of so many, from 0 on
   * @return milliseconds since 1970
   */
  long of(long record, long records);

  /** From the beginning of a span that ends now to its end. */
  static Times inOrder(Duration span) {
    long begin = Instant.now().minus(span).toEpochMilli();
    return (record, records) -> begin + (long) (span.toMillis() * ((double) record / records));
  }

  /** Anywhere in a span that ends now. */
  static Times inAnyOrder(Duration span) {
    long begin = Instant.now().minus(span).toEpochMilli();
    Random random = new Random(1);
    return (record, records) -> begin + (long) (span.toMillis() * random.nextDouble());
  }
}
