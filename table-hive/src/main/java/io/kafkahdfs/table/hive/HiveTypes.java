package io.kafkahdfs.table.hive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.orc.TypeDescription;

/** What Hive calls the columns of files. Its types are written as ORC writes its own. */
final class HiveTypes {
  /** The most digits that a decimal of Hive has. */
  private static final int MOST_DIGITS = 38;

  private HiveTypes() {}

  /**
   * The columns of rows; names in lower case, as Hive has them.
   *
   * @throws IllegalArgumentException if Hive has no such columns; its message is a clause
   */
  static TypeDescription of(Schema row) {
    return type(row, List.of());
  }

  /**
   * @param outer the records that it is within
   */
  private static TypeDescription type(Schema schema, List<Schema> outer) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case RECORD -> struct(schema, outer);
      case ARRAY -> TypeDescription.createList(type(schema.getElementType(), outer));
      case MAP ->
          TypeDescription.createMap(
              TypeDescription.createString(), type(schema.getValueType(), outer));
      case UNION -> union(schema, outer);
      case STRING, ENUM -> TypeDescription.createString();
      case BYTES, FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? decimal(decimal)
              : TypeDescription.createBinary();
      case INT ->
          logical instanceof LogicalTypes.Date
              ? TypeDescription.createDate()
              : TypeDescription.createInt();
      case LONG ->
          isTimestamp(logical) ? TypeDescription.createTimestamp() : TypeDescription.createLong();
      case FLOAT -> TypeDescription.createFloat();
      case DOUBLE -> TypeDescription.createDouble();
      case BOOLEAN -> TypeDescription.createBoolean();
      case NULL -> throw new IllegalArgumentException("a column that is always null has no type");
    };
  }

  private static boolean isTimestamp(LogicalType logical) {
    return logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros
        || logical instanceof LogicalTypes.LocalTimestampMillis
        || logical instanceof LogicalTypes.LocalTimestampMicros;
  }

  private static TypeDescription decimal(LogicalTypes.Decimal decimal) {
    if (decimal.getPrecision() > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "decimals have " + MOST_DIGITS + " digits at most, not " + decimal.getPrecision());
    }
    return TypeDescription.createDecimal()
        .withPrecision(decimal.getPrecision())
        .withScale(decimal.getScale());
  }

  private static TypeDescription union(Schema schema, List<Schema> outer) {
    List<Schema> branches =
        schema.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
    if (branches.size() != 1) {
      throw new IllegalArgumentException("a column of several types has none in Hive: " + schema);
    }
    return type(branches.get(0), outer);
  }

  private static TypeDescription struct(Schema schema, List<Schema> outer) {
    if (outer.contains(schema)) {
      throw new IllegalArgumentException(schema.getFullName() + " holds itself");
    }
    List<Schema> inner = new ArrayList<>(outer);
    inner.add(schema);
    TypeDescription struct = TypeDescription.createStruct();
    for (Schema.Field field : schema.getFields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (struct.getFieldNames().contains(name)) {
        throw new IllegalArgumentException(
            "two fields are called " + name + " in lower case, which is all that Hive has");
      }
      struct.addField(name, type(field.schema(), inner));
    }
    return struct;
  }
}
