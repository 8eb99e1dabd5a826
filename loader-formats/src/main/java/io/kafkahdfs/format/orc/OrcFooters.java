package io.kafkahdfs.format.orc;

import java.io.IOException;
import org.apache.orc.ColumnStatistics;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;

/**
 * What a footer says of stripes, held against the file and against itself: ORC's library makes as
 * much room, and as many rows, as it says.
 */
final class OrcFooters {
  /** What the three bytes before each piece of a file can say. */
  private static final int MOST_PIECE_BYTES = 1 << 23;

  /** More than any codec makes of the same row again and again. */
  private static final long MOST_ROWS_A_BYTE = 1_000_000;

  private OrcFooters() {}

  /**
   * @param size of the file
   * @throws IOException if it cannot be true
   */
  static void check(Reader file, long size) throws IOException {
    long rows = 0;
    for (StripeInformation stripe : file.getStripes()) {
      check(stripe, size);
      rows += stripe.getNumberOfRows();
    }
    ColumnStatistics[] statistics = file.getStatistics();
    long counted = statistics.length == 0 ? 0 : statistics[0].getNumberOfValues();
    if (rows != file.getNumberOfRows() || counted > 0 && counted != rows) {
      throw new IOException(
          "its footer is damaged: it has "
              + file.getNumberOfRows()
              + " rows, its stripes have "
              + rows
              + ", and "
              + counted
              + " were counted");
    }
    if (file.getCompressionSize() > MOST_PIECE_BYTES) {
      throw new IOException(
          "its footer is damaged: pieces of " + file.getCompressionSize() + " bytes");
    }
  }

  private static void check(StripeInformation stripe, long size) throws IOException {
    if (stripe.getOffset() < 0
        || stripe.getIndexLength() < 0
        || stripe.getDataLength() < 0
        || stripe.getFooterLength() < 0
        || stripe.getLength() < 0
        || stripe.getLength() > size - stripe.getOffset()
        || stripe.getNumberOfRows() < 0
        || stripe.getNumberOfRows() / MOST_ROWS_A_BYTE > stripe.getLength()) {
      throw new IOException(
          "its footer is damaged: a stripe at byte "
              + stripe.getOffset()
              + " has "
              + stripe.getNumberOfRows()
              + " rows in "
              + stripe.getLength()
              + " bytes");
    }
  }
}
