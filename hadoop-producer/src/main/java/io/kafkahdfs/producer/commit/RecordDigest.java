package io.kafkahdfs.producer.commit;

import java.util.HexFormat;

/**
 * Counts the records that go to a partition, and adds up their hashes: once so that the order does
 * not matter, and once so that it does. Used by one thread at a time.
 */
public final class RecordDigest {
  private long records;
  private long sum;
  private long chain;
  private boolean isWhole = true;

  /** Continues what was counted before; may be null. */
  public static RecordDigest from(SplitReport.Partition before) {
    RecordDigest digest = new RecordDigest();
    if (before != null) {
      digest.records = before.records();
      digest.isWhole = before.sum() != null && before.chain() != null;
      if (digest.isWhole) {
        digest.sum = HexFormat.fromHexDigitsToLong(before.sum());
        digest.chain = HexFormat.fromHexDigitsToLong(before.chain());
      }
    }
    return digest;
  }

  /** Counts one more. */
  public void add(long hash) {
    records++;
    sum += hash;
    chain = Long.rotateLeft(chain, 7) * 0x9E3779B97F4A7C15L + hash;
  }

  public long records() {
    return records;
  }

  /** As it is stored; without sums if an earlier version has counted some of the records. */
  public SplitReport.Partition partition(String topic, int partition) {
    return new SplitReport.Partition(
        topic,
        partition,
        records,
        isWhole ? HexFormat.of().toHexDigits(sum) : null,
        isWhole ? HexFormat.of().toHexDigits(chain) : null);
  }
}
