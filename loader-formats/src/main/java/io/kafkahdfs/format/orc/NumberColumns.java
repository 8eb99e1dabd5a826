package io.kafkahdfs.format.orc;

import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.orc.TypeDescription;

/** Columns of numbers. */
final class NumberColumns {
  private NumberColumns() {}

  /** Also of days since 1970. */
  static final class Int extends OrcColumn {
    private final TypeDescription type;

    Int(TypeDescription type) {
      this.type = type;
    }

    @Override
    TypeDescription type() {
      return type.clone();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((LongColumnVector) vector).vector[row] = (Integer) value;
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return Math.toIntExact(((LongColumnVector) vector).vector[row]);
    }
  }

  static final class Big extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createLong();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((LongColumnVector) vector).vector[row] = (Long) value;
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return ((LongColumnVector) vector).vector[row];
    }
  }

  static final class Bool extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createBoolean();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((LongColumnVector) vector).vector[row] = (Boolean) value ? 1 : 0;
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return ((LongColumnVector) vector).vector[row] != 0;
    }
  }

  static final class Single extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createFloat();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((DoubleColumnVector) vector).vector[row] = (Float) value;
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return (float) ((DoubleColumnVector) vector).vector[row];
    }
  }

  static final class Double extends OrcColumn {
    @Override
    TypeDescription type() {
      return TypeDescription.createDouble();
    }

    @Override
    void put(ColumnVector vector, int row, Object value) {
      ((DoubleColumnVector) vector).vector[row] = (java.lang.Double) value;
    }

    @Override
    Object get(ColumnVector vector, int row) {
      return ((DoubleColumnVector) vector).vector[row];
    }
  }
}
