package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.consumer.job.Main;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.TestHdfs;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads into tables of a real catalog on a real HDFS, read back by Iceberg's own reader. */
class IcebergLoadIT {
  private static final TableIdentifier ORDERS = TableIdentifier.of("shop", "orders");
  private static final String V1 = "{'name':'id','type':'int'}";
  private static final String V2 =
      "{'name':'id','type':'long'},{'name':'note','type':['null','string'],'default':null}";

  private static TestKafka kafka;
  private static TestHdfs hdfs;
  private static int topics;

  @TempDir private java.nio.file.Path folder;
  private String topic;
  private Path root;
  private Path warehouse;
  private HadoopCatalog catalog;

  private record Result(int exitCode, String out, String err) {}

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_9);
    hdfs = TestHdfs.start();
    hdfs.deleteAtExit();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    topic = "orders." + topics++;
    kafka.tools().createTopic(topic, 2);
    Path all = hdfs.newFolder();
    root = new Path(all, "out");
    warehouse = new Path(all, "warehouse");
    catalog = new HadoopCatalog(hdfs.configuration(), warehouse.toString());
    schema(V1);
  }

  private void schema(String fields) throws IOException {
    String json = "{'type':'record','name':'Order','fields':[" + fields + "]}";
    Files.writeString(folder.resolve("order.avsc"), json.replace('\'', '"'));
  }

  /** Sends as many records as there are values, to a partition. */
  private void send(int partition, String... values) throws IOException {
    kafka
        .tools()
        .send(
            new PartitionId(topic, partition),
            Codec.NONE,
            Arrays.stream(values)
                .map(value -> TestRecord.of("k", value.replace('\'', '"')))
                .toList());
  }

  private Result run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            arguments,
            new Configuration(hdfs.configuration()),
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Result load(String... more) throws Exception {
    return loadFrom(warehouse.toString(), more);
  }

  /** Loads with a catalog whose warehouse stands somewhere. */
  private Result loadFrom(String place, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "-D",
            "iceberg.catalog.lake.type=hadoop",
            "-D",
            "iceberg.catalog.lake.warehouse=" + place));
    arguments.addAll(
        List.of(
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
            folder.resolve("order.avsc").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Result loadTable(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--iceberg-table", "lake.shop.orders"));
    arguments.addAll(List.of(more));
    return load(arguments.toArray(String[]::new));
  }

  /** The rows of the table, by Iceberg. */
  private List<String> rows(String... columns) throws IOException {
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(catalog.loadTable(ORDERS)).select(columns).build()) {
      for (Record record : records) {
        rows.add(
            String.join(
                "/", Arrays.stream(columns).map(c -> String.valueOf(record.getField(c))).toList()));
      }
    }
    rows.sort(null);
    return rows;
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
    assertThat(commits()).containsExactly("1", "2");
    assertThat(told().get(1))
        .containsEntry("kafka-to-hdfs.next", topic + ":0:2," + topic + ":1:2")
        .containsEntry("added-records", "1");
    assertThat(new TreeSet<>(told().stream().map(s -> s.get("kafka-to-hdfs.load")).toList()))
        .singleElement()
        .asString()
        .startsWith(root.toString());
  }
}
