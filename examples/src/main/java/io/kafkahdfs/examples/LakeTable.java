package io.kafkahdfs.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;

/** A table of Iceberg: how a load is told of it, and what Iceberg's own reader finds in it. */
final class LakeTable {
  private static final String CATALOG = "lake";
  private static final TableIdentifier TABLE = TableIdentifier.of("demo", "page_views");
  private static final String JAR = "table-iceberg/target/kafka-to-hdfs-iceberg.jar";

  private final Configuration configuration;
  private final String warehouse;

  /**
   * @param warehouse the catalog's folder
   */
  LakeTable(Configuration configuration, String warehouse) {
    this.configuration = configuration;
    this.warehouse = warehouse;
  }

  /** What stands before all other options of the load. */
  static Map<String, String> hadoopOptions(Path home, String warehouse) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("-libjars", home.resolve(JAR).toString());
    options.put("-Diceberg.catalog." + CATALOG + ".type=hadoop", "");
    options.put("-Diceberg.catalog." + CATALOG + ".warehouse=" + warehouse, "");
    return options;
  }

  /** What tells the load of the table. */
  static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--iceberg-table", CATALOG + "." + TABLE);
    options.put("--create-table", "");
    return options;
  }

  /** Its snapshots, for the console. */
  String snapshots() throws IOException {
    io.kafkahdfs.console.Table text =
        new io.kafkahdfs.console.Table(
            "snapshot", "commit", "added files", "added records", "records");
    try (HadoopCatalog catalog = new HadoopCatalog(configuration, warehouse)) {
      for (Snapshot snapshot : catalog.loadTable(TABLE).snapshots()) {
        Map<String, String> summary = snapshot.summary();
        text.row(
            snapshot.snapshotId(),
            summary.get("kafka-to-hdfs.commit"),
            summary.get("added-data-files"),
            summary.get("added-records"),
            summary.get("total-records"));
      }
    }
    return text.toString();
  }

  /** Reads all of its records, those of a partition in their order. */
  void read(Landing.Reader reader) throws IOException {
    List<Landing.Record> all = new ArrayList<>();
    try (HadoopCatalog catalog = new HadoopCatalog(configuration, warehouse)) {
      Table table = catalog.loadTable(TABLE);
      try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          try (CloseableIterable<Record> records = records(table, task)) {
            records.forEach(record -> all.add(landed(record)));
          }
        }
      }
    }
    // A table has no order of its own.
    all.sort(Comparator.comparingLong(Landing.Record::offset));
    all.forEach(reader::read);
  }

  /** By the names of columns, as engines do: the files have no ids of a table's columns. */
  private static CloseableIterable<Record> records(Table table, FileScanTask task) {
    Schema columns = table.schema().select("partition", "offset", "key", "value");
    return Parquet.read(table.io().newInputFile(task.file().location()))
        .project(columns)
        .withNameMapping(
            NameMappingParser.fromJson(
                table.properties().get(TableProperties.DEFAULT_NAME_MAPPING)))
        .createReaderFunc(file -> GenericParquetReaders.buildReader(columns, file))
        .build();
  }

  private static Landing.Record landed(Record record) {
    return new Landing.Record(
        (int) record.getField("partition"),
        (long) record.getField("offset"),
        Landing.bytes(record.getField("key")),
        Landing.bytes(record.getField("value")));
  }
}
