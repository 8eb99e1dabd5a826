package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.table.TableChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.TypeDescription;

/**
 * An ORC file in its place. The table is told of no bounds.
 *
 * @param records how many its footer says it has
 */
record LandedOrc(TableChange.File file, long records, Schema schema) implements ColumnFile {
  static LandedOrc read(TableChange.File file, Configuration configuration) throws IOException {
    try (Reader reader = OrcFile.createReader(file.path(), OrcFile.readerOptions(configuration))) {
      AtomicInteger ids = new AtomicInteger();
      return new LandedOrc(
          file, reader.getNumberOfRows(), new Schema(fields(reader.getSchema(), ids)));
    }
  }

  /** All of them may be null, as ORC has it. */
  private static List<Types.NestedField> fields(TypeDescription struct, AtomicInteger ids) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < struct.getChildren().size(); i++) {
      fields.add(
          Types.NestedField.optional(
              ids.incrementAndGet(),
              struct.getFieldNames().get(i),
              type(struct.getChildren().get(i), ids)));
    }
    return fields;
  }

  private static Type type(TypeDescription type, AtomicInteger ids) {
    List<TypeDescription> inner = type.getChildren();
    return switch (type.getCategory()) {
      case BOOLEAN -> Types.BooleanType.get();
      case BYTE, SHORT, INT -> Types.IntegerType.get();
      case LONG -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case STRING, CHAR, VARCHAR -> Types.StringType.get();
      case BINARY -> Types.BinaryType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case TIMESTAMP_INSTANT -> Types.TimestampType.withZone();
      case DECIMAL -> Types.DecimalType.of(type.getPrecision(), type.getScale());
      case STRUCT -> Types.StructType.of(fields(type, ids));
      case LIST -> Types.ListType.ofOptional(ids.incrementAndGet(), type(inner.get(0), ids));
      case MAP ->
          Types.MapType.ofOptional(
              ids.incrementAndGet(),
              ids.incrementAndGet(),
              type(inner.get(0), ids),
              type(inner.get(1), ids));
      default -> throw new IllegalArgumentException("it has no type for " + type);
    };
  }

  @Override
  public FileFormat format() {
    return FileFormat.ORC;
  }

  @Override
  public Metrics metrics(Table table, NameMapping names) {
    return new Metrics(records);
  }

  @Override
  public Optional<Metrics> wholeBounds(Table table, NameMapping names) {
    return Optional.empty();
  }
}
