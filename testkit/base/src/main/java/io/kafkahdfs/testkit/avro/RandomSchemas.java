package io.kafkahdfs.testkit.avro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Makes records' schemas, of a seed's choice. What has been made can be read as Avro's JSON. */
public final class RandomSchemas {
  private static final int MOST_FIELDS = 6;
  private static final int DEEPEST = 3;

  private final Random random;
  private final List<Kind> kinds;
  private final List<Kind> leaves;

  /** Of the schema that is made, those that are complete. */
  private final List<Schema> named = new ArrayList<>();

  private int names;

  /**
   * @param kinds what its fields may be; a few that are no containers must be among them
   */
  public RandomSchemas(Random random, Collection<Kind> kinds) {
    this.random = random;
    this.kinds = kinds.stream().sorted().toList();
    this.leaves =
        this.kinds.stream()
            .filter(kind -> !kind.isContainer() && kind != Kind.NAMED_AGAIN && kind != Kind.SELF)
            .toList();
  }

  /** A record with one field to six. */
  public Schema record() {
    named.clear();
    names = 0;
    return parsed(record(DEEPEST));
  }

  /** As Avro reads it: defaults are no longs where an int does, and so equal those of a file. */
  static Schema parsed(Schema schema) {
    return new Schema.Parser().parse(schema.toString());
  }

  private Schema record(int depth) {
    Schema record = Schema.createRecord(name("R"), doc(), namespace(), false);
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = random.nextInt(MOST_FIELDS); i >= 0; i--) {
      fields.add(field("f" + fields.size(), record, depth));
    }
    record.setFields(fields);
    named.add(record);
    return record;
  }

  private Schema.Field field(String name, Schema within, int depth) {
    Schema type = type(within, depth);
    return new Schema.Field(name, type, doc(), random.nextInt(3) == 0 ? simple(type) : null);
  }

  /** A default that this type can have, or null for none. */
  static Object simple(Schema type) {
    if (type.isUnion()) {
      return type.getTypes().get(0).getType() == Schema.Type.NULL
          ? JsonProperties.NULL_VALUE
          : null;
    }
    if (type.getLogicalType() != null) {
      return null;
    }
    return switch (type.getType()) {
      case BOOLEAN -> true;
      case INT -> 7;
      case LONG -> 7L;
      case DOUBLE -> 0.5;
      case STRING -> "seven";
      default -> null;
    };
  }

  private Schema type(Schema within, int depth) {
    Kind kind = depth > 0 ? pick(kinds) : pick(leaves);
    return switch (kind) {
      case NULLABLE -> nullable(unlike(Set.of(Schema.Type.UNION, Schema.Type.NULL), within, depth));
      case UNION -> union(within, depth);
      case ARRAY -> Schema.createArray(type(within, depth - 1));
      case MAP -> Schema.createMap(type(within, depth - 1));
      case RECORD -> record(depth - 1);
      case NAMED_AGAIN -> named.isEmpty() ? leaf(pick(leaves)) : pick(named);
      case SELF -> nullable(within);
      default -> leaf(kind);
    };
  }

  private Schema nullable(Schema type) {
    Schema none = Schema.create(Schema.Type.NULL);
    return random.nextInt(4) == 0 ? Schema.createUnion(type, none) : Schema.createUnion(none, type);
  }

  private Schema union(Schema within, int depth) {
    List<Schema> types = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 1 + random.nextInt(2); i >= 0; i--) {
      Schema type = unlike(Set.of(Schema.Type.UNION), within, depth);
      if (seen.add(type.getFullName())) {
        types.add(type);
      }
    }
    return Schema.createUnion(types);
  }

  private Schema unlike(Set<Schema.Type> types, Schema within, int depth) {
    while (true) {
      Schema type = type(within, depth - 1);
      if (!types.contains(type.getType())) {
        return type;
      }
    }
  }

  private Schema leaf(Kind kind) {
    return switch (kind) {
      case FIXED -> fixed(1 + random.nextInt(20));
      case ENUM -> enumeration();
      case DECIMAL_BYTES -> decimal(Schema.create(Schema.Type.BYTES), 38);
      case DECIMAL_FIXED -> {
        int size = 1 + random.nextInt(16);
        // As many digits as any number of so many bytes has.
        yield decimal(fixed(size), (int) Math.floor(Math.log10(2) * (8 * size - 1)));
      }
      case DATE -> logical(LogicalTypes.date(), Schema.Type.INT);
      case TIME_MILLIS -> logical(LogicalTypes.timeMillis(), Schema.Type.INT);
      case TIME_MICROS -> logical(LogicalTypes.timeMicros(), Schema.Type.LONG);
      case TIMESTAMP_MILLIS -> logical(LogicalTypes.timestampMillis(), Schema.Type.LONG);
      case TIMESTAMP_MICROS -> logical(LogicalTypes.timestampMicros(), Schema.Type.LONG);
      case TIMESTAMP_NANOS -> logical(LogicalTypes.timestampNanos(), Schema.Type.LONG);
      case LOCAL_TIMESTAMP_MILLIS -> logical(LogicalTypes.localTimestampMillis(), Schema.Type.LONG);
      case LOCAL_TIMESTAMP_MICROS -> logical(LogicalTypes.localTimestampMicros(), Schema.Type.LONG);
      case LOCAL_TIMESTAMP_NANOS -> logical(LogicalTypes.localTimestampNanos(), Schema.Type.LONG);
      case UUID -> logical(LogicalTypes.uuid(), Schema.Type.STRING);
      default -> Schema.create(Schema.Type.valueOf(kind.name()));
    };
  }

  private static Schema logical(LogicalType logical, Schema.Type type) {
    return logical.addToSchema(Schema.create(type));
  }

  private Schema decimal(Schema of, int mostDigits) {
    int precision = 1 + random.nextInt(mostDigits);
    return LogicalTypes.decimal(precision, random.nextInt(precision + 1)).addToSchema(of);
  }

  private Schema fixed(int size) {
    Schema fixed = Schema.createFixed(name("F"), doc(), namespace(), size);
    named.add(fixed);
    return fixed;
  }

  private Schema enumeration() {
    List<String> symbols = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      symbols.add("S" + symbols.size());
    }
    Schema enumeration = Schema.createEnum(name("E"), doc(), namespace(), symbols);
    named.add(enumeration);
    return enumeration;
  }

  private String name(String letter) {
    return letter + names++;
  }

  private String namespace() {
    return random.nextInt(3) == 0 ? "acme.v" + random.nextInt(3) : "acme";
  }

  private String doc() {
    return random.nextInt(5) == 0 ? "Says \"what\" it is, ü" : null;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
