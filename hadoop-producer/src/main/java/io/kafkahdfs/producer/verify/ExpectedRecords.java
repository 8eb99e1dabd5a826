package io.kafkahdfs.producer.verify;

/**
 * The records that are to be in a target, by their hashes, and how often each was seen there. Of
 * some 30 bytes a record, so that millions fit into a driver.
 */
final class ExpectedRecords {
  private static final int FEWEST = 1 << 10;

  /** What has the value 0 is free. */
  private int[] expected = new int[FEWEST];

  private int[] seen = new int[FEWEST];
  private long[] hashes = new long[FEWEST];
  private long[] places = new long[FEWEST];
  private int size;

  /**
   * Adds a record of the input.
   *
   * @param place the larger, the later it comes
   */
  void expect(long hash, long place) {
    if (size * 2 > hashes.length) {
      grow();
    }
    int at = find(hash);
    if (expected[at]++ == 0) {
      hashes[at] = hash;
      places[at] = place;
      size++;
    }
  }

  /** What a record of the target is. */
  enum Kind {
    /** The input has such a record, and it is seen for the first time. */
    FIRST,
    /** The input has several such records, and not all of them were seen. */
    ONE_OF_SEVERAL,
    /** All such records of the input were seen. */
    DOUBLED,
    /** The input has no such record. */
    FOREIGN
  }

  Kind see(long hash) {
    int at = find(hash);
    if (expected[at] == 0) {
      return Kind.FOREIGN;
    }
    seen[at]++;
    if (seen[at] > expected[at]) {
      return Kind.DOUBLED;
    }
    return expected[at] == 1 ? Kind.FIRST : Kind.ONE_OF_SEVERAL;
  }

  /** Where a record stands that is expected once. */
  long place(long hash) {
    return places[find(hash)];
  }

  /** Whether not all such records were seen. */
  boolean isMissing(long hash) {
    int at = find(hash);
    return seen[at] < expected[at];
  }

  /** How many records were not seen. */
  long missing() {
    long missing = 0;
    for (int i = 0; i < expected.length; i++) {
      missing += Math.max(0, expected[i] - seen[i]);
    }
    return missing;
  }

  /** Hashes are evenly spread as they are. */
  private int find(long hash) {
    int at = (int) (hash & (hashes.length - 1));
    while (expected[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void grow() {
    int[] oldExpected = expected;
    long[] oldHashes = hashes;
    long[] oldPlaces = places;
    int length = hashes.length * 2;
    expected = new int[length];
    seen = new int[length];
    hashes = new long[length];
    places = new long[length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldExpected[i] != 0) {
        int at = find(oldHashes[i]);
        expected[at] = oldExpected[i];
        hashes[at] = oldHashes[i];
        places[at] = oldPlaces[i];
      }
    }
  }
}
