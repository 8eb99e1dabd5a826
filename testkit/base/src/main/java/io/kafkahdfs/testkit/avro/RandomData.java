package io.kafkahdfs.testkit.avro;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * Makes data for a schema, of a seed's choice, often at the edge of what the type can hold. It is
 * what Avro's generic reader gives, without conversions of logical types: a decimal is a {@link
 * ByteBuffer}, a text is {@link Utf8}. Times lie in the years 1 to 9999, which readers of other
 * formats agree on, those in nanoseconds in 1678 to 2262.
 */
public final class RandomData {
  private static final int DEEPEST = 8;
  private static final int MOST_ENTRIES = 4;

  private static final long DAY_MILLIS = 86_400_000;
  private static final long FIRST_MILLIS = -62_135_596_800_000L;
  private static final long LAST_MILLIS = 253_402_300_799_999L;
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "null",
    "ü",
    "\u0000",
    "\n\t\"\\",
    "🎉",
    "\u2028",
    "9999999999",
    "__HIVE_DEFAULT_PARTITION__"
  };

  private final Random random;
  private int depth;

  public RandomData(Random random) {
    this.random = random;
  }

  public GenericRecord record(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema()));
    }
    return record;
  }

  /** A datum of any schema; null for null. */
  public Object of(Schema schema) {
    depth++;
    try {
      return switch (schema.getType()) {
        case NULL -> null;
        case BOOLEAN -> random.nextBoolean();
        case INT -> (int) number(schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> number(schema, Long.MIN_VALUE, Long.MAX_VALUE);
        case FLOAT -> (float) fraction(Float.MIN_VALUE, Float.MAX_VALUE);
        case DOUBLE -> fraction(Double.MIN_VALUE, Double.MAX_VALUE);
        case BYTES -> bytes(schema);
        case STRING -> new Utf8(schema.getLogicalType() == null ? text() : uuid());
        case FIXED -> fixed(schema);
        case ENUM -> new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
        case UNION -> of(branch(schema));
        case ARRAY -> array(schema);
        case MAP -> map(schema);
        case RECORD -> record(schema);
      };
    } finally {
      depth--;
    }
  }

  /** Where a schema contains itself, null comes in time. */
  private Schema branch(Schema union) {
    return depth > DEEPEST && union.isNullable()
        ? Schema.create(Schema.Type.NULL)
        : pick(union.getTypes());
  }

  private int entries() {
    return depth > DEEPEST ? 0 : random.nextInt(MOST_ENTRIES + 1);
  }

  private List<Object> array(Schema schema) {
    List<Object> array = new GenericData.Array<>(MOST_ENTRIES, schema);
    for (int i = entries(); i > 0; i--) {
      array.add(of(schema.getElementType()));
    }
    return array;
  }

  private Map<Utf8, Object> map(Schema schema) {
    Map<Utf8, Object> map = new HashMap<>();
    for (int i = entries(); i > 0; i--) {
      map.put(new Utf8(text()), of(schema.getValueType()));
    }
    return map;
  }

  private long number(Schema schema, long least, long most) {
    LogicalType logical = schema.getLogicalType();
    if (logical == null) {
      return number(least, most);
    }
    return switch (logical.getName()) {
      case "date" -> number(FIRST_MILLIS / DAY_MILLIS, LAST_MILLIS / DAY_MILLIS);
      case "time-millis" -> number(0, DAY_MILLIS - 1);
      case "time-micros" -> number(0, DAY_MILLIS * 1000 - 1);
      case "timestamp-millis", "local-timestamp-millis" -> number(FIRST_MILLIS, LAST_MILLIS);
      case "timestamp-micros", "local-timestamp-micros" ->
          number(FIRST_MILLIS * 1000, LAST_MILLIS * 1000 + 999);
      default -> number(least, most);
    };
  }

  /** At an end, near zero, or anywhere between. */
  private long number(long least, long most) {
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> Math.max(least, random.nextInt(5) - 2);
      default -> random.nextLong(least, most) + random.nextInt(2);
    };
  }

  private double fraction(double least, double most) {
    return switch (random.nextInt(12)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> -0.0;
      case 4 -> 0;
      case 5 -> least;
      case 6 -> most;
      default -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(30) - 10);
    };
  }

  private ByteBuffer bytes(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return ByteBuffer.wrap(unscaled(decimal).toByteArray());
    }
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 1000 : 8)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private GenericData.Fixed fixed(Schema schema) {
    byte[] bytes = new byte[schema.getFixedSize()];
    random.nextBytes(bytes);
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      BigInteger number = unscaled(decimal);
      byte[] digits = number.toByteArray();
      java.util.Arrays.fill(bytes, (byte) (number.signum() < 0 ? -1 : 0));
      System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
    }
    return new GenericData.Fixed(schema, bytes);
  }

  /** No more digits than the type has, and now and then all of them. */
  private BigInteger unscaled(LogicalTypes.Decimal decimal) {
    BigInteger end = BigInteger.TEN.pow(decimal.getPrecision());
    BigInteger number =
        switch (random.nextInt(5)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> end.subtract(BigInteger.ONE);
          default -> new BigInteger(end.bitLength() + 8, random).mod(end);
        };
    return random.nextBoolean() ? number : number.negate();
  }

  private String text() {
    return random.nextInt(3) == 0 ? TEXTS[random.nextInt(TEXTS.length)] : letters();
  }

  private String letters() {
    List<String> letters = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 300 : 12); i > 0; i--) {
      letters.add(String.valueOf((char) ('a' + random.nextInt(26))));
    }
    return String.join("", letters);
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
