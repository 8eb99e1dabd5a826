package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.job.Main;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.table.TableFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.BeforeEach;

/** For loads into tables of a real catalog on a real HDFS, read back by Iceberg's own reader. */
abstract class IcebergFixture extends TableFixture {
  static final TableIdentifier ORDERS = TableIdentifier.of("shop", "orders");
  static final String V1 = "{'name':'id','type':'int'}";
  static final String V2 =
      "{'name':'id','type':'long'},{'name':'note','type':['null','string'],'default':null}";

  /** Of the catalog that loads are told of, as Iceberg has them. */
  Map<String, String> properties;

  /** More for the commands, before their own options. */
  final List<String> options = new ArrayList<>();

  Path warehouse;
  Catalog catalog;

  @Override
  protected InProcess.Main main() {
    return Main::run;
  }

  @BeforeEach
  void openCatalog() throws IOException {
    warehouse = new Path(parent, "warehouse");
    properties = Map.of("type", "hadoop", "warehouse", warehouse.toString());
    catalog = CatalogUtil.buildIcebergCatalog("lake", properties, hdfs.configuration());
    schema(V1);
  }

  /** A load of the test's topic into the test's output. */
  Result load(String... more) throws Exception {
    List<String> arguments = catalogOptions();
    arguments.addAll(List.of("--output", root.toString()));
    arguments.addAll(List.of(loadOptions()));
    if (!List.of(more).contains("--format")) {
      arguments.addAll(List.of("--format", "parquet"));
    }
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** What a load takes beside its output and its table. */
  String[] loadOptions() {
    return new String[] {
      "--bootstrap-server",
      kafka.bootstrapServers(),
      "--topic",
      topic,
      "--values",
      "json",
      "--value-schema",
      schemaFile()
    };
  }

  private List<String> catalogOptions() {
    List<String> all = new ArrayList<>(options);
    properties.forEach(
        (key, value) -> all.addAll(List.of("-D", "iceberg.catalog.lake." + key + "=" + value)));
    return all;
  }

  /** From now on a catalog that fails as it is told to. */
  void faulty(FaultyCatalog.Fault fault) {
    FaultyCatalog.arm(fault);
    properties =
        Map.of("catalog-impl", FaultyCatalog.class.getName(), "warehouse", warehouse.toString());
  }

  Result loadTable(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--iceberg-table", "lake.shop.orders"));
    arguments.addAll(List.of(more));
    return load(arguments.toArray(String[]::new));
  }

  /** The rows of the table, by Iceberg and the names of its columns, as engines read it. */
  List<String> rows(String... columns) throws IOException {
    return records(catalog.loadTable(ORDERS).schema().select(columns)).stream()
        .map(record -> text(record, columns))
        .sorted()
        .toList();
  }

  /** The files that the table names. */
  List<DataFile> files() throws IOException {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = catalog.loadTable(ORDERS).newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    return files;
  }

  /** What is in these files, by the names of the table's columns. */
  List<Record> records(Schema columns) throws IOException {
    Table table = catalog.loadTable(ORDERS);
    String names = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    List<Record> all = new ArrayList<>();
    for (DataFile file : files()) {
      try (CloseableIterable<Record> records =
          Parquet.read(table.io().newInputFile(file.location()))
              .project(columns)
              .withNameMapping(NameMappingParser.fromJson(names))
              .createReaderFunc(type -> GenericParquetReaders.buildReader(columns, type))
              .build()) {
        records.forEach(all::add);
      }
    }
    return all;
  }

  static String text(Record record, String... columns) {
    return String.join(
        "/", Arrays.stream(columns).map(c -> String.valueOf(record.getField(c))).toList());
  }

  List<Map<String, String>> told() {
    List<Map<String, String>> summaries = new ArrayList<>();
    for (Snapshot snapshot : catalog.loadTable(ORDERS).snapshots()) {
      summaries.add(snapshot.summary());
    }
    return summaries;
  }

  List<String> commits() {
    return told().stream().map(summary -> summary.get("kafka-to-hdfs.commit")).toList();
  }

  /** A change by hand, which the table learns of. */
  Result change(String command, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(catalogOptions());
    arguments.addAll(List.of("--output", root.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }
}
