package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.job.Main;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.table.TableFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads into tables of a real catalog on a real HDFS, read back by Iceberg's own reader. */
class IcebergLoadIT extends TableFixture {
  private static final TableIdentifier ORDERS = TableIdentifier.of("shop", "orders");
  private static final String V1 = "{'name':'id','type':'int'}";
  private static final String V2 =
      "{'name':'id','type':'long'},{'name':'note','type':['null','string'],'default':null}";

  private Path warehouse;
  private HadoopCatalog catalog;

  @Override
  protected InProcess.Main main() {
    return Main::run;
  }

  @BeforeEach
  void openCatalog() throws IOException {
    warehouse = new Path(parent, "warehouse");
    catalog = new HadoopCatalog(hdfs.configuration(), warehouse.toString());
    schema(V1);
  }

  private Result load(String... more) throws Exception {
    return loadWith("iceberg.catalog.lake.type=hadoop", more);
  }

  /** Loads with a catalog of another kind. */
  private Result loadWith(String kind, String... more) throws Exception {
    return run(arguments(kind, more));
  }

  /**
   * A load of the test's topic into the test's output.
   *
   * @param property of the catalog
   */
  private String[] arguments(String property, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-D",
                property,
                "-D",
                "iceberg.catalog.lake.warehouse=" + warehouse,
                "--bootstrap-server",
                kafka.bootstrapServers(),
                "--topic",
                topic,
                "--output",
                root.toString(),
                "--format",
                "parquet",
                "--values",
                "json",
                "--value-schema",
                schemaFile()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Result loadTable(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--iceberg-table", "lake.shop.orders"));
    arguments.addAll(List.of(more));
    return load(arguments.toArray(String[]::new));
  }

  /** The rows of the table, by Iceberg and the names of its columns, as engines read it. */
  private List<String> rows(String... columns) throws IOException {
    Table table = catalog.loadTable(ORDERS);
    Schema schema = table.schema().select(columns);
    String names = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<Record> records =
            Parquet.read(table.io().newInputFile(task.file().location()))
                .project(schema)
                .withNameMapping(NameMappingParser.fromJson(names))
                .createReaderFunc(file -> GenericParquetReaders.buildReader(schema, file))
                .build()) {
          records.forEach(record -> rows.add(text(record, columns)));
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String text(Record record, String... columns) {
    return String.join(
        "/", Arrays.stream(columns).map(c -> String.valueOf(record.getField(c))).toList());
  }

  private List<Map<String, String>> told() {
    List<Map<String, String>> summaries = new ArrayList<>();
    for (Snapshot snapshot : catalog.loadTable(ORDERS).snapshots()) {
      summaries.add(snapshot.summary());
    }
    return summaries;
  }

  private List<String> commits() {
    return told().stream().map(summary -> summary.get("kafka-to-hdfs.commit")).toList();
  }

  @Test
  void eachCommitIsASnapshot() throws Exception {
    send(0, "{'id':1}", "{'id':2}");
    send(1, "{'id':3}");

    Result first = loadTable("--create-table");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    send(1, "{'id':4}");
    Result second = loadTable();
    assertThat(second.exitCode()).as(second.err()).isZero();
    Result nothing = loadTable();
    assertThat(nothing.exitCode()).as(nothing.err()).isZero();

    assertThat(rows("id")).containsExactly("1", "2", "3", "4");
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(catalog.loadTable(ORDERS)).select("id").build()) {
      assertThat(records)
          .extracting(record -> text(record, "id"))
          .containsExactlyInAnyOrder("1", "2", "3", "4");
    }
    assertThat(commits()).containsExactly("1", "2");
    assertThat(told().get(1))
        .containsEntry("kafka-to-hdfs.next", topic + ":0:2," + topic + ":1:2")
        .containsEntry("added-records", "1");
    assertThat(new TreeSet<>(told().stream().map(s -> s.get("kafka-to-hdfs.load")).toList()))
        .singleElement()
        .asString()
        .startsWith(root.toString());
  }

  @Test
  void whatOneRunLeavesOutAnotherTellsOnce() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    Result refused = load();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--iceberg-table lake.shop.orders", "--accept-change");
    assertThat(load("--accept-change").exitCode()).isZero();
    send(0, "{'id':3}");
    assertThat(load("--accept-change").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1");

    Result result = loadTable();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Nothing to do");
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3");
  }

  @Test
  void aCatalogInADatabaseIsTold() throws Exception {
    String database = "jdbc:sqlite:" + folder.resolve("catalog.db");
    String property = "iceberg.catalog.lake.uri=" + database;
    for (int id = 1; id <= 2; id++) {
      send(0, "{'id':" + id + "}");
      List<String> load = new ArrayList<>(List.of("-D", property));
      load.addAll(
          List.of(
              arguments(
                  "iceberg.catalog.lake.type=jdbc",
                  "--iceberg-table",
                  "lake.shop.orders",
                  "--create-table")));
      Result result = run(load.toArray(String[]::new));
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    Result back =
        run(
            "rollback",
            "-D",
            property,
            "-D",
            "iceberg.catalog.lake.type=jdbc",
            "-D",
            "iceberg.catalog.lake.warehouse=" + warehouse,
            "--output",
            root.toString(),
            "--to",
            "1");
    assertThat(back.exitCode()).as(back.err()).isZero();

    Map<String, String> properties =
        Map.of("type", "jdbc", "uri", database, "warehouse", warehouse.toString());
    Catalog jdbc = CatalogUtil.buildIcebergCatalog("lake", properties, hdfs.configuration());
    assertThat(jdbc.loadTable(ORDERS).snapshots()).hasSize(3);
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(jdbc.loadTable(ORDERS)).select("id").build()) {
      assertThat(records).extracting(record -> text(record, "id")).containsExactly("1");
    }
  }

  static List<Arguments> faults() {
    // Creation of the table, and the snapshot.
    return List.of(
        Arguments.of(1, false),
        Arguments.of(1, true),
        Arguments.of(2, false),
        Arguments.of(2, true));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aRunThatFailsBehindItsCommitIsRolledForwardOnce(int at, boolean made) throws Exception {
    send(0, "{'id':1}", "{'id':2}");
    String faulty = "iceberg.catalog.lake.catalog-impl=" + FaultyCatalog.class.getName();
    FaultyCatalog.arm(new FaultyCatalog.Fault(at, made, null));

    Result failed = loadWith(faulty, "--create-table", "--iceberg-table", "lake.shop.orders");

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(8);
    assertThat(failed.err()).contains("Commit 1 stands", "lake.shop.orders", "the next run");
    FaultyCatalog.arm(FaultyCatalog.Fault.NONE);
    Result next = loadWith(faulty, "--create-table", "--iceberg-table", "lake.shop.orders");
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(commits()).containsExactly("1");
  }

  @Test
  void ofTwoWritersFromOneBaseOneAppends() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    String faulty = "iceberg.catalog.lake.catalog-impl=" + FaultyCatalog.class.getName();
    String load = told().get(0).get("kafka-to-hdfs.load");
    FaultyCatalog.arm(
        new FaultyCatalog.Fault(
            1,
            false,
            () ->
                catalog
                    .loadTable(ORDERS)
                    .newAppend()
                    .set("kafka-to-hdfs.load", load)
                    .set("kafka-to-hdfs.commit", "2")
                    .commit()));

    Result second = loadWith(faulty, "--iceberg-table", "lake.shop.orders");

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(commits()).containsExactly("1", "2");
    assertThat(rows("id")).containsExactly("1");
  }

  @Test
  void othersMayWriteToTheTableAndExpireItsSnapshots() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    String faulty = "iceberg.catalog.lake.catalog-impl=" + FaultyCatalog.class.getName();
    FaultyCatalog.arm(
        new FaultyCatalog.Fault(
            1, false, () -> catalog.loadTable(ORDERS).newAppend().set("by", "another").commit()));
    assertThat(loadWith(faulty, "--iceberg-table", "lake.shop.orders").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    Table table = catalog.loadTable(ORDERS);
    table.newAppend().set("by", "another").commit();
    table.expireSnapshots().expireOlderThan(System.currentTimeMillis() + 1).retainLast(1).commit();
    assertThat(commits()).containsOnlyNulls();
    send(0, "{'id':3}");

    Result result = loadTable();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
  }

  @Test
  void rollbackTakesTheTableBackAndForth() throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result back = change("rollback", "--to", "1");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.err()).doesNotContain("does not know");
    assertThat(rows("id")).containsExactly("1");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
    Result again = loadTable();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");

    assertThat(change("rollback", "--to", "3").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    // Of commit 4, which took out files that are back, an expiry would delete them.
    assertThat(commits()).containsExactly("1", "2", "3", "5", "6");
    assertThat(change("rollback", "--to", "2").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    Result forth = loadTable();

    assertThat(forth.exitCode()).as(forth.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3", "5", "6", "7", "8");
  }

  /** A change by hand, which the table learns of. */
  private Result change(String command, String... more) throws Exception {
    return changeWith("iceberg.catalog.lake.type=hadoop", command, more);
  }

  private Result changeWith(String kind, String command, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "-D",
                kind,
                "-D",
                "iceberg.catalog.lake.warehouse=" + warehouse,
                "--output",
                root.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aChangeThatTheTableIsNotToldOfIsToldByTheNextLoad() throws Exception {
    for (int id = 1; id <= 2; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result without = run("rollback", "--output", root.toString(), "--to", "1");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("iceberg.catalog.lake.type");
    assertThat(run("verify", "--output", root.toString()).out()).contains("2 commits");
    FaultyCatalog.arm(new FaultyCatalog.Fault(1, false, null));

    Result behind =
        changeWith(
            "iceberg.catalog.lake.catalog-impl=" + FaultyCatalog.class.getName(),
            "rollback",
            "--to",
            "1");

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(behind.exitCode()).as(behind.err()).isEqualTo(8);
    assertThat(behind.out()).contains("Went back to commit 1");
    assertThat(behind.err()).contains("Commit 3 stands", "lake.shop.orders");
    FaultyCatalog.arm(FaultyCatalog.Fault.NONE);
    assertThat(commits()).containsExactly("1", "2");
    assertThat(loadTable("--max-records", "1").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
  }

  /** An expiry deletes what was taken out, by path. */
  @ParameterizedTest
  @ValueSource(strings = {"again", "back", "back at once"})
  void snapshotsThatExpireTakeNoFilesThatStand(String landed) throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    assertThat(change("rollback", "--to", "1").exitCode()).isZero();
    if (!landed.equals("back at once")) {
      assertThat(loadTable("--max-records", "1").exitCode()).isZero();
    }
    if (!landed.equals("again")) {
      assertThat(change("rollback", "--to", "3").exitCode()).isZero();
    }
    assertThat(loadTable().exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");

    catalog
        .loadTable(ORDERS)
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1)
        .retainLast(1)
        .commit();

    assertThat(rows("id")).containsExactly("1", "2", "3");
    Result verified = run("verify", "--deep", "--output", root.toString());
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  @Test
  void mergedFilesTakeThePlaceOfThoseThatWereMerged() throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result compacted = change("compact");

    assertThat(compacted.exitCode()).as(compacted.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
    assertThat(told().get(3))
        .containsEntry("total-records", "3")
        .containsEntry("total-data-files", "1");
  }

  @Test
  void whatTheTableDoesNotHoldAnyMoreCannotBeTakenOutOfIt() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    assertThat(loadTable().exitCode()).isZero();
    // As maintenance does that writes files anew, or somebody who deletes.
    Table table = catalog.loadTable(ORDERS);
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();

    for (Result behind : List.of(change("rollback", "--to", "1"), loadTable())) {
      assertThat(behind.exitCode()).isEqualTo(8);
      assertThat(behind.err()).contains("does not hold 1 files any more", topic + "-0-");
    }
    assertThat(rows("id")).isEmpty();
  }

  @Test
  void aTableOfTheSameNameIsNotTakenForIt() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    Schema schema = catalog.loadTable(ORDERS).schema();
    catalog.dropTable(ORDERS, false);
    catalog.createTable(ORDERS, schema);
    send(0, "{'id':2}");

    Result refused = loadTable();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("dropped and created again", "--accept-change");
    assertThat(catalog.loadTable(ORDERS).currentSnapshot()).isNull();
    Result change = change("rollback", "--to", "0");
    assertThat(change.exitCode()).isEqualTo(2);
    assertThat(change.err()).contains("dropped and created again", "Leave -libjars out");
    Result accepted = loadTable("--accept-change");

    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(loadTable().exitCode()).isZero();
  }

  @Test
  void columnsAreAddedAndWidenedAndWhatCannotBeIsNamed() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    schema(V2);
    send(0, "{'id':5000000000,'note':'n'}");

    Result wider = loadTable("--accept-change");

    assertThat(wider.exitCode()).as(wider.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null", "5000000000/n");
    schema("{'name':'id','type':'string'}");
    send(0, "{'id':'x'}");
    Result refused = loadTable("--accept-change");
    assertThat(refused.exitCode()).isEqualTo(8);
    assertThat(refused.err())
        .contains("Commit 3 stands", "columns that the table cannot take", "id");
    assertThat(rows("id")).hasSize(2);
  }

  /** Readers pass over files by the bounds of their columns. */
  @Test
  void aQueryOfATimeFindsTheFilesThatHaveIt() throws Exception {
    schema(
        "{'name':'id','type':'int'},"
            + "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},"
            + "{'name':'exact','type':['null',{'type':'long','logicalType':'timestamp-micros'}]},"
            + "{'name':'hour','type':{'type':'int','logicalType':'time-millis'}}");
    long time = 1_700_000_000_000L;
    for (int id = 0; id < 2; id++) {
      long at = time + id;
      send(0, "{'id':%d,'at':%d,'exact':%d,'hour':%d}".formatted(id, at, 1000 * at, 1000 + id));
      Result loaded = loadTable("--create-table");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
    }
    assertThat(rows("id", "hour")).containsExactly("0/00:00:01", "1/00:00:01.001");
    for (String column : List.of("at", "exact", "hour")) {
      long second = column.equals("hour") ? 1_001_000 : 1000 * (time + 1);
      try (CloseableIterable<FileScanTask> tasks =
          catalog
              .loadTable(ORDERS)
              .newScan()
              .filter(Expressions.equal(column, second))
              .planFiles()) {
        // Times of day in milliseconds have no bounds: both files are looked at.
        assertThat(tasks).as(column).hasSize(column.equals("hour") ? 2 : 1);
      }
    }
  }

  /** A table that somebody has made, with a partition of all kinds for each region. */
  private void partitionedTable() throws IOException {
    schema(
        "{'name':'id','type':'int'},{'name':'region','type':['null','string'],'default':null},"
            + "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}}");
    Schema columns =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "region", Types.StringType.get()),
            Types.NestedField.optional(3, "at", Types.TimestampType.withZone()));
    catalog.createTable(
        ORDERS,
        columns,
        PartitionSpec.builderFor(columns)
            .identity("region")
            .bucket("region", 8, "region_bucket")
            .truncate("region", 1, "region_begin")
            .truncate("id", 10)
            .day("at")
            .build());
  }

  @Test
  void filesLieInThePartitionsOfTheTable() throws Exception {
    partitionedTable();
    long day = 86_400_000;
    send(
        0,
        "{'id':11,'region':'a-region-of-more-than-16-letters-1','at':" + day + "}",
        "{'id':19,'region':'a-region-of-more-than-16-letters-1','at':" + (2 * day - 1) + "}",
        "{'id':25,'region':'a-region-of-more-than-16-letters-2','at':" + 3 * day + "}",
        "{'id':31,'region':null,'at':0}");

    Result loaded = loadTable("--layout", "{topic}/region={field:region}");

    assertThat(loaded.exitCode()).as(loaded.err()).isZero();
    assertThat(rows("id")).containsExactly("11", "19", "25", "31");
    Set<String> partitions = new TreeSet<>();
    try (CloseableIterable<FileScanTask> tasks = catalog.loadTable(ORDERS).newScan().planFiles()) {
      tasks.forEach(task -> partitions.add(task.spec().partitionToPath(task.partition())));
    }
    assertThat(partitions).hasSize(3);
    assertThat(partitions)
        .anySatisfy(
            path ->
                assertThat(path)
                    .startsWith("region=a-region-of-more-than-16-letters-1/region_bucket=")
                    .endsWith("/region_begin=a/id_trunc=10/at_day=1970-01-02"))
        .anySatisfy(
            path ->
                assertThat(path)
                    .isEqualTo(
                        "region=null/region_bucket=null/region_begin=null/id_trunc=30"
                            + "/at_day=1970-01-01"));
    // As a query that looks at one partition finds it.
    try (CloseableIterable<FileScanTask> tasks =
        catalog
            .loadTable(ORDERS)
            .newScan()
            .filter(Expressions.equal("region", "a-region-of-more-than-16-letters-2"))
            .planFiles()) {
      assertThat(tasks).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':11,'region':'a','at':0} {'id':12,'region':'b','at':0}",
        "{'id':11,'region':'a','at':0} {'id':12,'region':null,'at':0}",
        "{'id':11,'region':'a','at':0} {'id':20,'region':'a','at':0}",
        "{'id':11,'region':'a','at':0} {'id':12,'region':'a','at':86400000}",
      })
  void aFileThatLiesInSeveralPartitionsIsNamed(String values) throws Exception {
    partitionedTable();
    send(0, values.split(" "));

    Result behind = loadTable();

    assertThat(behind.exitCode()).isEqualTo(8);
    assertThat(behind.err())
        .contains("Commit 1 stands", topic + "-0-", "more than one partition", "--layout");
    assertThat(catalog.loadTable(ORDERS).currentSnapshot()).isNull();
    assertThat(change("rollback", "--to", "0").exitCode()).isZero();
    Result parted =
        loadTable("--accept-change", "--layout", "{topic}/{field:id}-{field:region}-{field:at}");
    assertThat(parted.exitCode()).as(parted.err()).isZero();
    assertThat(rows("id")).hasSize(2);
  }

  /** Bounds do not tell of a NaN, which lies in a partition of its own. */
  @Test
  void whetherNumbersAreOnesCannotBeTold() throws Exception {
    schema("{'name':'id','type':'int'},{'name':'price','type':'double'}");
    Schema columns =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "price", Types.DoubleType.get()));
    catalog.createTable(
        ORDERS, columns, PartitionSpec.builderFor(columns).identity("price").build());
    send(0, "{'id':1,'price':1.5}");

    Result behind = loadTable();

    assertThat(behind.exitCode()).isEqualTo(8);
    assertThat(behind.err()).contains("NaN", "price");
    assertThat(catalog.loadTable(ORDERS).currentSnapshot()).isNull();
  }

  @Test
  void whatCannotBeATargetIsRefusedBeforeAnythingIsRead() throws Exception {
    send(0, "{'id':1}");
    Result missing = load("--iceberg-table", "lake.shop.others");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("lake.shop.others does not exist", "--create-table");
    Result unknown = load("--iceberg-table", "sea.shop.orders");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("-D", "iceberg.catalog.sea.type");
    Result down =
        run(
            arguments(
                "iceberg.catalog.lake.uri=http://127.0.0.1:1",
                "-D",
                "iceberg.catalog.lake.type=rest",
                "-D",
                "iceberg.catalog.lake.rest.client.max-retries=1",
                "--iceberg-table",
                "lake.shop.orders"));
    assertThat(down.exitCode()).as(down.err()).isEqualTo(1);
    assertThat(down.err()).contains("catalog lake", "127.0.0.1:1");
    assertThat(root.getFileSystem(hdfs.configuration()).exists(root)).isFalse();
  }
}
