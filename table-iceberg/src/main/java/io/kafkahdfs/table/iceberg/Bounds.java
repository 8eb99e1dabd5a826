package io.kafkahdfs.table.iceberg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/**
 * The least and the largest values of a file's columns, by which readers pass over it. Iceberg
 * reads columns of milliseconds right, but takes their bounds for microseconds, and those of times
 * of day for numbers of eight bytes.
 */
final class Bounds {
  private static final long MICROS = 1000;

  private final Table table;
  private final ParquetMetadata footer;
  private final NameMapping names;
  private final Set<Integer> timestamps = new HashSet<>();
  private final Set<Integer> timesOfDay = new HashSet<>();

  /**
   * @param names by which the table finds the file's columns
   */
  Bounds(Table table, ParquetMetadata footer, NameMapping names) {
    this.table = table;
    this.footer = footer;
    this.names = names;
    for (ColumnDescriptor column : footer.getFileMetaData().getSchema().getColumns()) {
      MappedField field = names.find(column.getPath());
      LogicalTypeAnnotation type = column.getPrimitiveType().getLogicalTypeAnnotation();
      if (field == null || field.id() == null) {
        continue;
      }
      if (type instanceof TimestampLogicalTypeAnnotation timestamp
          && timestamp.getUnit() == TimeUnit.MILLIS) {
        timestamps.add(field.id());
      }
      if (type instanceof TimeLogicalTypeAnnotation time && time.getUnit() == TimeUnit.MILLIS) {
        timesOfDay.add(field.id());
      }
    }
  }

  /** Metrics as the table wants them. */
  Metrics asTheTableWants() {
    return metrics(table.properties());
  }

  /** Metrics with bounds that are not cut, however long they are. */
  Metrics whole() {
    return metrics(Map.of(TableProperties.DEFAULT_WRITE_METRICS_MODE, "full"));
  }

  private Metrics metrics(Map<String, String> properties) {
    Map<String, String> wanted = new HashMap<>(properties);
    for (int column : timesOfDay) {
      wanted.put(
          TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + table.schema().findColumnName(column),
          "counts");
    }
    MetricsConfig config = MetricsConfig.from(wanted, table.schema(), table.sortOrder());
    Metrics metrics = ParquetUtil.footerMetrics(footer, Stream.empty(), config, names);
    return timestamps.isEmpty()
        ? metrics
        : new Metrics(
            metrics.recordCount(),
            metrics.columnSizes(),
            metrics.valueCounts(),
            metrics.nullValueCounts(),
            metrics.nanValueCounts(),
            inMicros(metrics.lowerBounds()),
            inMicros(metrics.upperBounds()));
  }

  private Map<Integer, ByteBuffer> inMicros(Map<Integer, ByteBuffer> bounds) {
    Map<Integer, ByteBuffer> all = new HashMap<>(bounds);
    for (int column : timestamps) {
      all.computeIfPresent(column, (ignored, bound) -> inMicros(bound));
    }
    return all;
  }

  private static ByteBuffer inMicros(ByteBuffer bound) {
    long millis = bound.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, Math.multiplyExact(millis, MICROS));
  }
}
