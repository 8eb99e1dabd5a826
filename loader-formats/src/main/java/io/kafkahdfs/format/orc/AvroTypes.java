package io.kafkahdfs.format.orc;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.orc.TypeDescription;

/** The Avro schema of ORC files that were written without one. Everything may be null. */
final class AvroTypes {
  private AvroTypes() {}

  /**
   * @throws IllegalArgumentException if there is none; its message is a clause
   */
  static Schema of(TypeDescription type) {
    if (type.getCategory() != TypeDescription.Category.STRUCT) {
      throw new IllegalArgumentException("its rows are " + type + " and no struct");
    }
    return record(type, "Row");
  }

  private static Schema record(TypeDescription type, String name) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < type.getChildren().size(); i++) {
      String field = type.getFieldNames().get(i);
      fields.add(
          new Schema.Field(
              field,
              nullable(type.getChildren().get(i), name + "_" + field),
              null,
              Schema.Field.NULL_DEFAULT_VALUE));
    }
    return Schema.createRecord(name, null, null, false, fields);
  }

  private static Schema nullable(TypeDescription type, String name) {
    List<Schema> branches = new ArrayList<>();
    branches.add(Schema.create(Schema.Type.NULL));
    if (type.getCategory() == TypeDescription.Category.UNION) {
      for (TypeDescription branch : type.getChildren()) {
        branches.add(schema(branch, name + "_" + branches.size()));
      }
    } else {
      branches.add(schema(type, name));
    }
    return Schema.createUnion(branches);
  }

  private static Schema schema(TypeDescription type, String name) {
    return switch (type.getCategory()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case BYTE, SHORT, INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING, CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
      case BINARY -> Schema.create(Schema.Type.BYTES);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIMESTAMP ->
          LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case TIMESTAMP_INSTANT ->
          LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DECIMAL ->
          LogicalTypes.decimal(type.getPrecision(), type.getScale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case STRUCT -> record(type, name);
      case LIST -> Schema.createArray(nullable(type.getChildren().get(0), name));
      case MAP -> map(type, name);
      default -> throw new IllegalArgumentException("there is no Avro schema of " + type);
    };
  }

  private static Schema map(TypeDescription type, String name) {
    return switch (type.getChildren().get(0).getCategory()) {
      case STRING, CHAR, VARCHAR -> Schema.createMap(nullable(type.getChildren().get(1), name));
      default -> throw new IllegalArgumentException("the keys of " + type + " are no strings");
    };
  }
}
