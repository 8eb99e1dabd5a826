package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * What a field of values holds, as a time. Numbers are times by their logical type or by the
 * format; texts by the format, or as ISO 8601 has them.
 */
public final class FieldTime {
  /** The time of a row whose field is null. */
  public static final long NONE = Long.MIN_VALUE;

  /** Its formats, for messages; beside them there are patterns of {@link DateTimeFormatter}. */
  public static final String FORMATS = "epoch-seconds, epoch-millis, epoch-micros, iso";

  private static final String ISO = "iso";

  private final ValueField field;
  private final Optional<String> format;
  private final ZoneId zone;

  /** How texts are read; null if they are numbers. */
  private final DateTimeFormatter texts;

  /**
   * @param format one of {@link #FORMATS}, or a pattern
   * @param zone of times that tell none
   * @throws IllegalArgumentException if the format is no pattern; its message says why
   */
  public FieldTime(ValueField field, Optional<String> format, ZoneId zone) {
    this.field = field;
    this.format = format;
    this.zone = zone;
    String text = format.orElse(ISO);
    this.texts =
        perSecond(text) > 0
            ? null
            : text.equals(ISO)
                ? DateTimeFormatter.ISO_DATE_TIME
                : DateTimeFormatter.ofPattern(text, Locale.ROOT);
  }

  private static long perSecond(String format) {
    return switch (format) {
      case "epoch-seconds" -> 1;
      case "epoch-millis" -> 1_000;
      case "epoch-micros" -> 1_000_000;
      default -> 0;
    };
  }

  /**
   * Why values of a schema have no such time; empty if they may.
   *
   * @param value the schema of values
   */
  public Optional<String> refusal(Schema value) {
    Optional<Schema> schema = field.schema(value);
    return schema.isEmpty()
        ? Optional.of("the schema has no field " + field)
        : refused(schema.get()).map(why -> "the field " + field + " " + why);
  }

  private Optional<String> refused(Schema type) {
    return switch (type.getType()) {
      case UNION, STRING -> Optional.empty();
      case INT, LONG ->
          isTime(type.getLogicalType()) || perSecond(format.orElse("")) > 0
              ? Optional.empty()
              : Optional.of(
                  "is "
                      + FieldText.name(type)
                      + ", of which a format must say what it counts: "
                      + FORMATS);
      default -> Optional.of("is " + FieldText.name(type) + " and no time");
    };
  }

  private static boolean isTime(LogicalType logical) {
    return logical != null
        && (logical.getName().equals("date") || logical.getName().contains("timestamp-"));
  }

  /**
   * The time.
   *
   * @param row of the record
   * @return milliseconds since 1970 UTC; {@link #NONE} for null, and of a record without a value
   * @throws UnwritableRecordException if there is no such field, or no time in it
   */
  public long of(KafkaRecord record, IndexedRecord row) throws UnwritableRecordException {
    if (record.value().isNull()) {
      // Its row has the columns of another record.
      return NONE;
    }
    try {
      return time(row);
    } catch (BadContentException e) {
      throw e.ofFolder(record);
    }
  }

  private long time(IndexedRecord row) throws BadContentException {
    Object value = field.in(row);
    if (value == null) {
      return NONE;
    }
    Optional<String> refused = refused(field.found());
    if (refused.isPresent()) {
      throw new BadContentException("has a field " + field + " that " + refused.get());
    }
    try {
      return value instanceof Number number
          ? ofNumber(number.longValue())
          : ofText(value.toString());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new BadContentException(
          "has no time in its field " + field + ": " + value + " (" + e.getMessage() + ")");
    }
  }

  private long ofNumber(long count) {
    LogicalType logical = field.found().getLogicalType();
    if (!isTime(logical)) {
      return ofEpoch(count);
    }
    if (logical.getName().equals("date")) {
      return LocalDate.ofEpochDay(count).atStartOfDay(zone).toInstant().toEpochMilli();
    }
    Instant time = FieldText.instant(count, logical);
    return logical.getName().startsWith("local-")
        ? LocalDateTime.ofInstant(time, ZoneOffset.UTC).atZone(zone).toInstant().toEpochMilli()
        : time.toEpochMilli();
  }

  private long ofEpoch(long count) {
    long perSecond = perSecond(format.orElseThrow());
    return perSecond == 1_000_000
        ? Math.floorDiv(count, 1_000L)
        : Math.multiplyExact(count, 1_000L / perSecond);
  }

  private long ofText(String text) {
    if (texts == null) {
      return ofEpoch(Long.parseLong(text.strip()));
    }
    if (texts == DateTimeFormatter.ISO_DATE_TIME && text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
    }
    TemporalAccessor parsed = texts.parse(text);
    if (parsed.query(TemporalQueries.zone()) != null) {
      return Instant.from(parsed).toEpochMilli();
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed)
        .atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(zone)
        .toInstant()
        .toEpochMilli();
  }
}
