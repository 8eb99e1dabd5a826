package io.kafkahdfs.format.typed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Times as numbers or as ISO 8601 text, and decimals as numbers or text: what JSON has no types
 * for.
 */
final class JsonLogicalTypes {
  private static final Conversions.DecimalConversion DECIMALS = new Conversions.DecimalConversion();

  private static final int LONGEST_DECIMAL = 1000;

  private JsonLogicalTypes() {}

  /**
   * @return null for a type that is read as what it is stored as
   */
  static JsonType of(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return (parser, path) -> readDecimal(schema, decimal, parser, path);
    }
    return switch (schema.getLogicalType().getName()) {
      case "date" -> ofInt("a date", text -> LocalDate.parse(text).toEpochDay());
      case "time-millis" ->
          ofInt("a time", text -> exactly(LocalTime.parse(text).toNanoOfDay(), 1_000_000));
      case "time-micros" ->
          ofLong("a time", text -> exactly(LocalTime.parse(text).toNanoOfDay(), 1000));
      case "timestamp-millis" -> ofLong("a time", text -> since(text, ChronoUnit.MILLIS));
      case "timestamp-micros" -> ofLong("a time", text -> since(text, ChronoUnit.MICROS));
      case "timestamp-nanos" -> ofLong("a time", text -> since(text, ChronoUnit.NANOS));
      default -> null;
    };
  }

  private static long since(String text, ChronoUnit unit) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    long units = unit.between(Instant.EPOCH, time);
    if (!Instant.EPOCH.plus(units, unit).equals(time)) {
      throw new ArithmeticException("There are digits beyond " + unit);
    }
    return units;
  }

  private static long exactly(long nanos, long unit) {
    if (nanos % unit != 0) {
      throw new ArithmeticException("There are digits beyond " + unit + " nanoseconds");
    }
    return nanos / unit;
  }

  private static JsonType ofInt(String what, Function<String, Long> parse) {
    return (parser, path) ->
        (int) read(what, parse, parser, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static JsonType ofLong(String what, Function<String, Long> parse) {
    return (parser, path) -> read(what, parse, parser, path, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long read(
      String what,
      Function<String, Long> parse,
      JsonParser parser,
      String path,
      long least,
      long most)
      throws BadContentException, IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return JsonTokens.readLong(parser, path, least, most);
    }
    try {
      return parse.apply(parser.getText());
    } catch (DateTimeException | ArithmeticException e) {
      throw JsonTokens.wrong(path, what + " of ISO 8601", parser);
    }
  }

  private static BigDecimal decimal(String text, LogicalTypes.Decimal type) {
    if (text.length() > LONGEST_DECIMAL) {
      throw new ArithmeticException("More digits than any decimal has");
    }
    BigDecimal number = new BigDecimal(text);
    // Digits are only made of an exponent if they are few.
    if ((long) number.precision() - number.scale() > type.getPrecision()) {
      throw new ArithmeticException("More digits than the decimal has");
    }
    return number.setScale(type.getScale());
  }

  private static Object readDecimal(
      Schema schema, LogicalTypes.Decimal type, JsonParser parser, String path)
      throws BadContentException, IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      throw JsonTokens.wrong(path, "a number", parser);
    }
    try {
      BigDecimal number = decimal(parser.getText(), type);
      if (schema.getType() == Schema.Type.FIXED) {
        return DECIMALS.toFixed(number, schema, type);
      }
      return DECIMALS.toBytes(number, schema, type);
    } catch (ArithmeticException | NumberFormatException | AvroTypeException e) {
      throw JsonTokens.wrong(
          path,
          "a number of "
              + type.getPrecision()
              + " digits, "
              + type.getScale()
              + " of them decimals",
          parser);
    }
  }
}
