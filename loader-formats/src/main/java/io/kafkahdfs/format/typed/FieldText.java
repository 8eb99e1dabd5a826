package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** What a field of values holds, as a short text that can name a folder. */
public final class FieldText {
  private final ValueField field;

  public FieldText(ValueField field) {
    this.field = field;
  }

  /**
   * Why values of a schema have no such text; empty if they may.
   *
   * @param value the schema of values
   */
  public Optional<String> refusal(Schema value) {
    Optional<Schema> schema = field.schema(value);
    if (schema.isEmpty()) {
      return Optional.of("the schema has no field " + field);
    }
    Schema type = schema.get();
    return type.getType() == Type.UNION || isShort(type)
        ? Optional.empty()
        : Optional.of("the field " + field + " is " + name(type) + ", which names no folder");
  }

  /**
   * The text; null for null, and of a record without a value.
   *
   * @param row of the record
   * @throws UnwritableRecordException if there is no such field, or nothing short in it
   */
  public String of(KafkaRecord record, IndexedRecord row) throws UnwritableRecordException {
    if (record.value().isNull()) {
      // Its row has the columns of another record.
      return null;
    }
    try {
      return text(row);
    } catch (BadContentException e) {
      throw e.ofFolder(record);
    }
  }

  private String text(IndexedRecord row) throws BadContentException {
    Object value = field.in(row);
    if (value == null) {
      return null;
    }
    Schema type = field.found();
    if (!isShort(type)) {
      throw new BadContentException(
          "has a field " + field + " that is " + name(type) + ", which names no folder");
    }
    try {
      return text(value, type);
    } catch (DateTimeException | ArithmeticException e) {
      // A time beyond what Java's clocks know is still a number.
      return value.toString();
    }
  }

  static String name(Schema type) {
    String logical =
        type.getLogicalType() == null ? "" : " (" + type.getLogicalType().getName() + ")";
    return type.getType().getName() + logical;
  }

  private static boolean isShort(Schema type) {
    return switch (type.getType()) {
      case STRING, ENUM, BOOLEAN, INT, LONG, FLOAT, DOUBLE -> true;
      case BYTES, FIXED -> type.getLogicalType() instanceof LogicalTypes.Decimal;
      default -> false;
    };
  }

  private static String text(Object value, Schema type) {
    LogicalType logical = type.getLogicalType();
    if (logical == null) {
      return value.toString();
    }
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return new BigDecimal(new BigInteger(bytes(value)), decimal.getScale()).toPlainString();
    }
    return switch (logical.getName()) {
      case "date" -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
      case "time-millis" -> time(((Number) value).longValue(), 1_000_000).toString();
      case "time-micros" -> time(((Number) value).longValue(), 1_000).toString();
      case "timestamp-millis", "timestamp-micros", "timestamp-nanos" ->
          instant(value, logical).toString();
      case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos" ->
          LocalDateTime.ofInstant(instant(value, logical), ZoneOffset.UTC).toString();
      default -> value.toString();
    };
  }

  private static LocalTime time(long units, long nanos) {
    return LocalTime.ofNanoOfDay(Math.multiplyExact(units, nanos));
  }

  /** A time as Avro counts it, by the end of its type's name. */
  static Instant instant(Object value, LogicalType logical) {
    long count = ((Number) value).longValue();
    String name = logical.getName();
    long perSecond =
        name.endsWith("millis") ? 1_000L : name.endsWith("micros") ? 1_000_000L : 1_000_000_000L;
    return Instant.ofEpochSecond(
        Math.floorDiv(count, perSecond),
        Math.floorMod(count, perSecond) * (1_000_000_000L / perSecond));
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
