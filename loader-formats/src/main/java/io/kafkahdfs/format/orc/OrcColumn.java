package io.kafkahdfs.format.orc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.orc.TypeDescription;

/** What Avro has of a schema, and ORC in a vector: the one from and into the other. */
abstract class OrcColumn {
  /** More would not fit in Java's stack, nor make sense. */
  private static final int MOST_DEPTH = 100;

  /** The largest number of digits that ORC's decimals have. */
  private static final int MOST_DIGITS = 38;

  /** What ORC calls it. */
  abstract TypeDescription type();

  /**
   * Sets a row.
   *
   * @param value not null
   */
  abstract void put(ColumnVector vector, int row, Object value) throws IOException;

  /**
   * What a row has that is not null.
   *
   * @param row in a vector that repeats itself the first one
   */
  abstract Object get(ColumnVector vector, int row) throws IOException;

  /** Sets a row, which may be null. */
  final void write(ColumnVector vector, int row, Object value) throws IOException {
    if (value == null) {
      vector.noNulls = false;
      vector.isNull[row] = true;
    } else {
      // What stood here may be of a row that was refused.
      vector.isNull[row] = false;
      put(vector, row, value);
    }
  }

  /** What a row has, which may be null. */
  final Object read(ColumnVector vector, int row) throws IOException {
    int at = vector.isRepeating ? 0 : row;
    return vector.noNulls || !vector.isNull[at] ? get(vector, at) : null;
  }

  /** How many bytes a value has that is not small; to bound what a batch holds. */
  long bytes(Object value) {
    return 0;
  }

  /**
   * The column of a schema.
   *
   * @throws IllegalArgumentException if there is none; its message is a clause
   */
  static OrcColumn of(Schema schema) {
    return of(schema, new ArrayList<>());
  }

  /**
   * @param outer the records that the schema is within
   */
  static OrcColumn of(Schema schema, List<Schema> outer) {
    if (outer.size() > MOST_DEPTH) {
      throw new IllegalArgumentException("records are within records more than a hundred deep");
    }
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case RECORD -> struct(schema, outer);
      case ARRAY -> new NestedColumns.Array(schema, of(schema.getElementType(), outer));
      case MAP -> new NestedColumns.Mapping(of(schema.getValueType(), outer));
      case UNION -> union(schema, outer);
      case FIXED -> isDecimal(logical) ? new DecimalColumn(schema) : new BytesColumns.Fixed(schema);
      case BYTES -> isDecimal(logical) ? new DecimalColumn(schema) : new BytesColumns.Binary();
      case STRING -> new BytesColumns.Text();
      case ENUM -> new BytesColumns.Symbol(schema);
      case INT ->
          logical instanceof LogicalTypes.Date
              ? new NumberColumns.Int(TypeDescription.createDate())
              : new NumberColumns.Int(TypeDescription.createInt());
      case LONG -> TimestampColumn.of(logical).orElseGet(() -> new NumberColumns.Big());
      case FLOAT -> new NumberColumns.Single();
      case DOUBLE -> new NumberColumns.Double();
      case BOOLEAN -> new NumberColumns.Bool();
      case NULL -> throw new IllegalArgumentException("ORC has no column that is always null");
    };
  }

  private static OrcColumn struct(Schema schema, List<Schema> outer) {
    for (Schema record : outer) {
      if (record == schema) {
        throw new IllegalArgumentException(
            "the record "
                + schema.getFullName()
                + " is within itself: recursive schemas have no"
                + " columns");
      }
    }
    List<Schema> within = new ArrayList<>(outer);
    within.add(schema);
    return new NestedColumns.Struct(
        schema, schema.getFields().stream().map(field -> of(field.schema(), within)).toList());
  }

  private static OrcColumn union(Schema schema, List<Schema> outer) {
    List<Schema> branches =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (branches.size() == 1) {
      return of(branches.get(0), outer);
    }
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("ORC has no column that is always null");
    }
    return new NestedColumns.Union(
        schema, branches, branches.stream().map(branch -> of(branch, outer)).toList());
  }

  private static boolean isDecimal(LogicalType logical) {
    return logical instanceof LogicalTypes.Decimal decimal && decimal.getPrecision() <= MOST_DIGITS;
  }
}
