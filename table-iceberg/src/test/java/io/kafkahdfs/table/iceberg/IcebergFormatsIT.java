package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.hadoop.TestRestCatalog;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of each format in tables, read back by Iceberg's own readers in a process of their own. */
class IcebergFormatsIT extends IcebergFixture {
  private static final String ALL =
      "{'name':'id','type':'int'},"
          + "{'name':'text','type':['null','string'],'default':null},"
          + "{'name':'flag','type':'boolean'},"
          + "{'name':'ratio','type':'double'},"
          + "{'name':'kind','type':{'type':'enum','name':'Kind','symbols':['A','B']}},"
          + "{'name':'day','type':{'type':'int','logicalType':'date'}},"
          + "{'name':'millis','type':{'type':'long','logicalType':'timestamp-millis'}},"
          + "{'name':'micros','type':{'type':'long','logicalType':'timestamp-micros'}},"
          + "{'name':'local','type':{'type':'long','logicalType':'local-timestamp-micros'}},"
          + "{'name':'list','type':{'type':'array','items':'string'}},"
          + "{'name':'map','type':{'type':'map','values':'long'}},"
          + "{'name':'inner','type':{'type':'record','name':'Inner','fields':["
          + "{'name':'deep','type':'string'}]}}";
  private static final String ROW =
      "{'id':%d,'text':'t','flag':true,'ratio':0.5,'kind':'B','day':1,'millis':86400001,"
          + "'micros':86400000001,'local':86400000001,'list':['x','y'],'map':{'k':7},'inner':{'deep':'d'}}";

  private TestRestCatalog server;

  @BeforeEach
  void startCatalog() {
    server = TestRestCatalog.start(warehouse.toString());
    properties = Map.of("type", "rest", "uri", server.uri());
    catalog = CatalogUtil.buildIcebergCatalog("lake", properties, hdfs.configuration());
  }

  @AfterEach
  void stopCatalog() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void allColumnsAreRead(String format) throws Exception {
    schema(ALL);
    send(0, ROW.formatted(1), ROW.formatted(2).replace("'text':'t'", "'text':null"));
    Result first = loadTable("--format", format, "--create-table");
    assertThat(first.exitCode()).as(first.err()).isZero();
    send(0, ROW.formatted(3));
    Result second = loadTable("--format", format);
    assertThat(second.exitCode()).as(second.err()).isZero();

    assertThat(server.rows("shop.orders", "id", "text", "flag", "ratio", "kind", "day"))
        .containsExactly(
            "1/t/true/0.5/B/1970-01-02",
            "2/null/true/0.5/B/1970-01-02",
            "3/t/true/0.5/B/1970-01-02");
    assertThat(server.rows("shop.orders", "millis", "micros", "local"))
        .hasSize(3)
        .allMatch(
            row ->
                row.equals(
                    "1970-01-02T00:00:00.001Z/1970-01-02T00:00:00.000001Z"
                        + "/1970-01-02T00:00:00.000001"));
    assertThat(server.rows("shop.orders", "list", "map", "inner"))
        .hasSize(3)
        .allMatch(row -> row.equals("[x, y]/{k=7}/Record(d)"));
    assertThat(server.rows("shop.orders", "_kafka").get(0)).contains(topic + ", 0, 0, ");
    assertThat(told().get(1))
        .containsEntry("added-records", "1")
        .containsEntry("total-records", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void columnsAreWidened(String format) throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--format", format, "--create-table").exitCode()).isZero();
    schema(V2);
    send(0, "{'id':5000000000,'note':'n'}");

    Result wider = loadTable("--format", format, "--accept-change");

    assertThat(wider.exitCode()).as(wider.err()).isZero();
    assertThat(server.rows("shop.orders", "id", "note")).containsExactly("1/null", "5000000000/n");
  }

  @Test
  void whatIcebergDoesNotHaveIsNamed() throws Exception {
    schema("{'name':'id','type':['int','string']}");
    send(0, "{'id':1}");

    Result behind = loadTable("--format", "orc", "--create-table");

    assertThat(behind.exitCode()).as(behind.err()).isEqualTo(8);
    assertThat(behind.err())
        .contains("Commit 1 stands", "columns that no table of Iceberg has", "uniontype");
    assertThat(catalog.tableExists(ORDERS)).isFalse();
  }

  @Test
  void whichPartitionCannotBeToldIsRefusedBeforeAnythingIsRead() throws Exception {
    Schema columns = new Schema(Types.NestedField.optional(1, "id", Types.IntegerType.get()));
    ((SupportsNamespaces) catalog).createNamespace(Namespace.of("shop"));
    catalog.createTable(ORDERS, columns, PartitionSpec.builderFor(columns).identity("id").build());
    send(0, "{'id':1}");

    Result refused = loadTable("--format", "orc");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("lake.shop.orders has partitions", "--format parquet");
    assertThat(root.getFileSystem(hdfs.configuration()).exists(root)).isFalse();
    Result loaded = loadTable();
    assertThat(loaded.exitCode()).as(loaded.err()).isZero();
    assertThat(server.rows("shop.orders", "id")).containsExactly("1");
  }
}
