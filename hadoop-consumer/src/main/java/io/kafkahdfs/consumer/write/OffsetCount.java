package io.kafkahdfs.consumer.write;

/**
 * Counts what became of the offsets of a range whose records were read. Records come in the order
 * of their offsets, and several may have one: the offset is bad as soon as one of them is, and
 * written if none is.
 */
final class OffsetCount {
  private static final long NONE = -1;

  private long last = NONE;
  private boolean lastIsBad;
  private long records;
  private long written;
  private long bad;

  /** A record is in a file. */
  void written(long offset) {
    records++;
    if (offset != last) {
      last = offset;
      lastIsBad = false;
      written++;
    }
  }

  /** A record is bad. */
  void bad(long offset) {
    if (offset != last) {
      last = offset;
      bad++;
    } else if (!lastIsBad) {
      written--;
      bad++;
    }
    lastIsBad = true;
  }

  /** The offset of the last record; -1 if there was none. */
  long last() {
    return last;
  }

  /** How many records are in files. */
  long records() {
    return records;
  }

  /** How many offsets have records in files, and no bad one. */
  long written() {
    return written;
  }

  /** How many offsets have bad records. */
  long bad() {
    return bad;
  }
}
