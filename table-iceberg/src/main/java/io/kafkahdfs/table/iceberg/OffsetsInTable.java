package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;

/**
 * Counts the records of landed files in a table, by the column that says where in Kafka each came
 * from. Files of one partition whose offsets lie within each other are counted together.
 */
final class OffsetsInTable {
  /** Says where in Kafka a record came from. */
  static final String COLUMN = "_kafka";

  private static final String TOPIC = COLUMN + ".topic";
  private static final String PARTITION = COLUMN + ".partition";
  private static final String OFFSET = COLUMN + ".offset";

  /** With more partitions all files are looked at. */
  private static final int IN_FILTER = 100;

  private final Table table;
  private final Set<String> without;

  /**
   * @param without paths of files that are not read
   */
  OffsetsInTable(Table table, Set<String> without) {
    this.table = table;
    this.without = without;
  }

  /** Whether the table tells where records came from. */
  boolean areKnown() {
    return table.schema().findField(OFFSET) != null;
  }

  /**
   * For each file among whose offsets the table has other records than it is to have, what it has.
   *
   * @param expected files whose records the table is to have
   * @param wanted the files that are asked for
   */
  Map<LandedFile, String> wrong(Set<LandedFile> expected, Set<LandedFile> wanted)
      throws IOException {
    Map<LandedFile, String> wrong = new HashMap<>();
    if (!areKnown()) {
      wanted.forEach(
          file ->
              wrong.put(
                  file,
                  "the table has no column "
                      + COLUMN
                      + " to find its records by: leave"
                      + " --deep out to go by its sums"));
      return wrong;
    }
    Map<PartitionId, NavigableMap<Long, OffsetSpan>> spans = OffsetSpan.of(expected, wanted);
    count(spans);
    spans.values().stream()
        .flatMap(each -> each.values().stream())
        .forEach(
            span ->
                span.wrong().ifPresent(why -> span.files().forEach(file -> wrong.put(file, why))));
    return wrong;
  }

  private void count(Map<PartitionId, NavigableMap<Long, OffsetSpan>> spans) throws IOException {
    Schema columns = table.schema().select(TOPIC, PARTITION, OFFSET);
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(filter(spans)).planFiles()) {
      for (FileScanTask task : tasks) {
        if (without.contains(task.file().location())) {
          continue;
        }
        GenericDeleteFilter deletes =
            new GenericDeleteFilter(table.io(), task, table.schema(), columns);
        try (CloseableIterable<Record> records =
            deletes.filter(open(task, deletes.requiredSchema()))) {
          for (Record record : records) {
            take((Record) record.getField(COLUMN), spans);
          }
        }
      }
    }
  }

  /** Which records are looked for; all, if that would be too long to say. */
  private static Expression filter(Map<PartitionId, NavigableMap<Long, OffsetSpan>> spans) {
    Expression any = Expressions.alwaysFalse();
    if (spans.size() > IN_FILTER) {
      return Expressions.alwaysTrue();
    }
    for (Map.Entry<PartitionId, NavigableMap<Long, OffsetSpan>> entry : spans.entrySet()) {
      any =
          Expressions.or(
              any,
              Expressions.and(
                  Expressions.equal(TOPIC, entry.getKey().topic()),
                  Expressions.equal(PARTITION, entry.getKey().partition()),
                  Expressions.greaterThanOrEqual(OFFSET, entry.getValue().firstKey()),
                  Expressions.lessThanOrEqual(
                      OFFSET, entry.getValue().lastEntry().getValue().last())));
    }
    return any;
  }

  private CloseableIterable<Record> open(FileScanTask task, Schema columns) throws IOException {
    if (task.file().format() != FileFormat.PARQUET) {
      throw new IOException(
          task.file().location()
              + " is no Parquet file: the table's files of other formats cannot"
              + " be read here. Leave --deep out to go by the table's sums.");
    }
    String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    NameMapping names = mapping == null ? null : NameMappingParser.fromJson(mapping);
    return Parquet.read(table.io().newInputFile(task.file().location()))
        .project(columns)
        .withNameMapping(names)
        .createReaderFunc(file -> GenericParquetReaders.buildReader(columns, file))
        .build();
  }

  private static void take(Record origin, Map<PartitionId, NavigableMap<Long, OffsetSpan>> spans) {
    if (origin == null) {
      return;
    }
    PartitionId partition =
        new PartitionId((String) origin.getField("topic"), (int) origin.getField("partition"));
    long offset = (long) origin.getField("offset");
    Map.Entry<Long, OffsetSpan> span =
        spans.containsKey(partition) ? spans.get(partition).floorEntry(offset) : null;
    if (span != null) {
      span.getValue().take(offset);
    }
  }
}
