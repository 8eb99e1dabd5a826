package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SerializableFunction;

/**
 * The one partition of a table that all records of a file lie in, by the smallest and the largest
 * value of each column that the table is partitioned by.
 */
final class PartitionValues {
  private final Table table;
  private final Path file;
  private final Metrics metrics;

  /**
   * @param metrics of the file, with whole bounds
   */
  PartitionValues(Table table, Path file, Metrics metrics) {
    this.table = table;
    this.file = file;
    this.metrics = metrics;
  }

  /**
   * @throws LoaderException if its records lie in several, or that cannot be told
   */
  PartitionData find() throws LoaderException {
    PartitionData values = new PartitionData(table.spec().partitionType());
    for (int i = 0; i < table.spec().fields().size(); i++) {
      values.set(i, value(table.spec().fields().get(i)));
    }
    return values;
  }

  private Object value(PartitionField field) throws LoaderException {
    int column = field.sourceId();
    long count = metrics.valueCounts().getOrDefault(column, 0L);
    long nulls = metrics.nullValueCounts().getOrDefault(column, 0L);
    if (field.transform().isVoid() || count == nulls) {
      // A column that the file does not have reads as null, too.
      return null;
    }
    Type type = table.schema().findType(column);
    if (type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE) {
      // Bounds do not tell of those that are no numbers.
      throw refused(field, "there may be a NaN in");
    }
    Object least = bound(type, metrics.lowerBounds().get(column));
    Object most = bound(type, metrics.upperBounds().get(column));
    if (least == null || most == null) {
      throw refused(field, "no bounds are known of");
    }
    if (nulls > 0) {
      throw refused(field, "there are nulls, and " + least + ", in");
    }
    SerializableFunction<Object, ?> transform = transform(field).bind(type);
    Object value = transform.apply(least);
    boolean one =
        field.transform().preservesOrder()
            ? value.equals(transform.apply(most))
            : least.equals(most);
    if (!one) {
      throw refused(field, "there are values from " + least + " to " + most + " in");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static Transform<Object, ?> transform(PartitionField field) {
    return (Transform<Object, ?>) field.transform();
  }

  private static Object bound(Type type, ByteBuffer bytes) {
    Object value = bytes == null ? null : Conversions.fromByteBuffer(type, bytes);
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private LoaderException refused(PartitionField field, String what) {
    String column = table.schema().findColumnName(field.sourceId());
    return new LoaderException(
        ExitCode.TABLE_BEHIND,
        file
            + " lies in more than one partition of the table, as far as can be told: "
            + what
            + " the column "
            + column
            + ", by which the table is partitioned ("
            + field.transform()
            + "). Roll the load back to before it, and load with a --layout that parts them, such"
            + " as one with {field:"
            + column
            + "} or a time; or take a table without partitions.");
  }
}
