package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.kafka.TestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Values of one size: text as it stands in logs, words and numbers, which Snappy brings to about
 * half its size. Some values are made, and come again and again: they are not to cost anything.
 */
final class Values implements Pool {
  private static final int POOL_BYTES = 4_000_000;
  private static final String[] WORDS = {
    "session",
    "click",
    "checkout",
    "basket",
    "/products/",
    "search",
    "GET",
    "status",
    "200",
    "referrer",
    "mobile",
    "Firefox",
    "campaign",
    "newsletter",
    "Athens",
    "Reykjavik",
    "duration"
  };

  private final List<TestRecord> pool = new ArrayList<>();

  /**
   * @param bytes of each value
   */
  Values(int bytes) {
    Random random = new Random(bytes);
    for (int i = 0; i < Math.max(4, POOL_BYTES / bytes); i++) {
      StringBuilder text = new StringBuilder(bytes + 20);
      while (text.length() < bytes) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        text.append(Integer.toHexString(random.nextInt())).append(' ');
      }
      pool.add(TestRecord.of("user%04d".formatted(i % 10_000), text.substring(0, bytes)));
    }
  }

  @Override
  public List<TestRecord> records() {
    return pool;
  }
}
