package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads into tables with partitions, and the bounds by which readers pass over files. */
class IcebergPartitionsIT extends IcebergFixture {
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
}
