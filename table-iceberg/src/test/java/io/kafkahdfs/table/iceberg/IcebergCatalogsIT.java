package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.hadoop.TestMetastore;
import io.kafkahdfs.testkit.hadoop.TestRestCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.junit.jupiter.api.Test;

/** Loads by way of the catalogs that people have. */
class IcebergCatalogsIT extends IcebergFixture {
  private void use(Map<String, String> catalogProperties) {
    properties = new HashMap<>(catalogProperties);
    properties.put("warehouse", warehouse.toString());
    Configuration configuration = new Configuration(hdfs.configuration());
    configuration.set("iceberg.engine.hive.lock-enabled", "false");
    catalog = CatalogUtil.buildIcebergCatalog("lake", properties, configuration);
  }

  /** Loads, more columns, a way back and forth, and a table that was made anew. */
  private void isTold() throws Exception {
    send(0, "{'id':1}");
    Result first = loadTable("--create-table");
    assertThat(first.exitCode()).as(first.err()).isZero();
    schema(V2);
    send(0, "{'id':5000000000,'note':'n'}");
    Result wider = loadTable("--accept-change");
    assertThat(wider.exitCode()).as(wider.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null", "5000000000/n");

    Result back = change("rollback", "--to", "1");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null");
    Result again = loadTable();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null", "5000000000/n");
    assertThat(commits()).containsExactly("1", "2", "3", "4");

    catalog.dropTable(ORDERS, false);
    Result gone = loadTable("--create-table");
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("is gone", "--accept-change");
    Result anew = loadTable("--create-table", "--accept-change");
    assertThat(anew.exitCode()).as(anew.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null", "5000000000/n");
  }

  @Test
  void aCatalogInADatabaseIsTold() throws Exception {
    use(Map.of("type", "jdbc", "uri", "jdbc:sqlite:" + folder.resolve("catalog.db")));
    isTold();
  }

  @Test
  void aRestCatalogIsTold() throws Exception {
    try (TestRestCatalog server = TestRestCatalog.start(warehouse.toString())) {
      use(Map.of("type", "rest", "uri", server.uri()));
      isTold();
    }
  }

  @Test
  void theMetastoreOfHiveIsTold() throws Exception {
    try (TestMetastore metastore = TestMetastore.start(hdfs.uri())) {
      // The metastore itself compares and sets; it has no locks.
      options.addAll(List.of("-D", "iceberg.engine.hive.lock-enabled=false"));
      use(Map.of("type", "hive", "uri", metastore.uri()));
      isTold();
    }
  }
}
