package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.spi.UnwritableRowException;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.TypeDescription;

/** Points in time, and times of a clock somewhere; Avro has both as a number. */
final class TimestampColumn extends OrcColumn {
  private static final int NANOS = 1_000_000_000;
  private static final int NANOS_IN_A_MILLI = 1_000_000;
  private static final int MILLIS = 1000;

  private final boolean local;

  /** How many of Avro's units are a second. */
  private final int perSecond;

  private TimestampColumn(boolean local, int perSecond) {
    this.local = local;
    this.perSecond = perSecond;
  }

  /** Empty if the numbers are no timestamps. */
  static Optional<OrcColumn> of(LogicalType logical) {
    String name = logical == null ? "" : logical.getName();
    boolean local = name.startsWith("local-");
    return switch (local ? name.substring("local-".length()) : name) {
      case "timestamp-millis" -> Optional.of(new TimestampColumn(local, MILLIS));
      case "timestamp-micros" -> Optional.of(new TimestampColumn(local, MILLIS * 1000));
      case "timestamp-nanos" -> Optional.of(new TimestampColumn(local, NANOS));
      default -> Optional.empty();
    };
  }

  @Override
  TypeDescription type() {
    return local ? TypeDescription.createTimestamp() : TypeDescription.createTimestampInstant();
  }

  /**
   * @throws UnwritableRowException in the last second before 1970: ORC makes the first one after it
   *     of it
   */
  @Override
  void put(ColumnVector vector, int row, Object value) throws IOException {
    long number = (Long) value;
    long seconds = Math.floorDiv(number, (long) perSecond);
    int nanos = (int) Math.floorMod(number, (long) perSecond) * (NANOS / perSecond);
    if (seconds == -1 && nanos >= NANOS_IN_A_MILLI) {
      throw new UnwritableRowException(
          "has a time within the last second before 1970, which ORC files cannot have");
    }
    TimestampColumnVector times = (TimestampColumnVector) vector;
    times.time[row] = seconds * MILLIS + nanos / NANOS_IN_A_MILLI;
    times.nanos[row] = nanos;
  }

  /**
   * @throws ArithmeticException if the time is farther away than Avro's number reaches
   */
  @Override
  Object get(ColumnVector vector, int row) {
    TimestampColumnVector times = (TimestampColumnVector) vector;
    long seconds = Math.floorDiv(times.time[row], (long) MILLIS);
    int units = times.nanos[row] / (NANOS / perSecond);
    return seconds < 0
        // So that the smallest number does not overflow on its way.
        ? Math.addExact(Math.multiplyExact(seconds + 1, (long) perSecond), units - perSecond)
        : Math.addExact(Math.multiplyExact(seconds, (long) perSecond), units);
  }
}
