package io.kafkahdfs.table.hive;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.job.Main;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.testkit.FreePorts;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.hadoop.TestMetastore;
import io.kafkahdfs.testkit.table.TableFixture;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads into external tables of a real metastore, on a real HDFS. */
class HiveLoadIT extends TableFixture {
  private static final String V1 = "{'name':'id','type':'int'},{'name':'region','type':'string'}";
  private static final String V2 =
      "{'name':'id','type':'long'},{'name':'region','type':'string'},"
          + "{'name':'note','type':['null','string'],'default':null}";

  private static TestMetastore metastore;

  private String database = "shop";
  private String name;
  private HiveMetaStoreClient client;

  /** Lets the metastore die while a run reads. */
  public static final class Stopping
      extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
    @Override
    protected void setup(Context context) {
      metastore.stop();
    }
  }

  @BeforeAll
  static void startMetastore() throws Exception {
    metastore = TestMetastore.start(hdfs.uri());
    HiveMetaStoreClient first = connect();
    Database shop = new Database();
    shop.setName("shop");
    first.createDatabase(shop);
    first.close();
  }

  @AfterAll
  static void stopMetastore() {
    metastore.close();
  }

  @Override
  protected InProcess.Main main() {
    return Main::run;
  }

  private static HiveMetaStoreClient connect() throws Exception {
    Configuration configuration = MetastoreConf.newMetastoreConf();
    configuration.set("hive.metastore.uris", metastore.uri());
    return new HiveMetaStoreClient(configuration);
  }

  @BeforeEach
  void connectClient() throws Exception {
    name = topic.replace('.', '_');
    client = connect();
    schema(V1);
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  /** A load of the test's topic into the test's output and table. */
  private Result load(String... more) throws Exception {
    return loadTo(metastore.uri(), "{topic}/area={field:region}", more);
  }

  private Result loadTo(String uri, String layout, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-D",
                "hive.metastore.uris=" + uri,
                "--bootstrap-server",
                kafka.bootstrapServers(),
                "--topic",
                topic,
                "--output",
                root.toString(),
                "--layout",
                layout,
                "--values",
                "json",
                "--value-schema",
                schemaFile(),
                "--hive-table",
                database + "." + name));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--format")) {
      arguments.addAll(List.of("--format", "parquet"));
    }
    return run(arguments.toArray(String[]::new));
  }

  private Table table() throws Exception {
    return client.getTable("shop", name);
  }

  /** A table as somebody else would have made it. */
  private void create(Consumer<Table> change) throws Exception {
    Table table = new Table();
    table.setDbName("shop");
    table.setTableName(name);
    table.setOwner("somebody");
    table.setTableType("EXTERNAL_TABLE");
    table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE")));
    table.setPartitionKeys(List.of(new FieldSchema("area", "string", null)));
    table.setSd(Storage.PARQUET.descriptor());
    table.getSd().setLocation(new Path(root, topic).toString());
    table
        .getSd()
        .setCols(
            List.of(
                new FieldSchema("region", "string", "where"),
                new FieldSchema("id", "int", "which")));
    change.accept(table);
    client.createTable(table);
  }

  private List<String> partitions() throws Exception {
    return client.listPartitionNames("shop", name, (short) -1).stream().sorted().toList();
  }

  private static List<String> columns(List<FieldSchema> columns) {
    return columns.stream()
        .map(column -> column.getName() + " " + column.getType())
        .filter(column -> !column.startsWith("_kafka"))
        .toList();
  }

  /** The ids in the Parquet files of all partitions, by Parquet's own reader. */
  private List<Long> ids() throws Exception {
    List<Long> ids = new ArrayList<>();
    for (Partition partition : client.listPartitions("shop", name, (short) -1)) {
      Path location = new Path(partition.getSd().getLocation());
      for (FileStatus file : location.getFileSystem(hdfs.configuration()).listStatus(location)) {
        try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), file.getPath())
                .withConf(hdfs.configuration())
                .build()) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            ids.add(
                row.getType()
                        .getType("id")
                        .asPrimitiveType()
                        .getPrimitiveTypeName()
                        .name()
                        .equals("INT32")
                    ? row.getInteger("id", 0)
                    : row.getLong("id", 0));
          }
        }
      }
    }
    ids.sort(null);
    return ids;
  }

  @Test
  void eachNewFolderIsAPartition() throws Exception {
    send(0, "{'id':1,'region':'eu'}", "{'id':2,'region':'us'}");
    send(1, "{'id':3,'region':'eu'}");

    Result first = load("--create-table");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(table().getTableType()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table().getSd().getLocation()).isEqualTo(new Path(root, topic).toString());
    assertThat(table().getParameters()).containsEntry("external.table.purge", "false");
    assertThat(columns(table().getSd().getCols())).containsExactly("id int", "region string");
    assertThat(partitions()).containsExactly("area=eu", "area=us");
    assertThat(ids()).containsExactly(1L, 2L, 3L);

    send(1, "{'id':4,'region':'us'}", "{'id':5,'region':'a/b'}", "{'id':6,'region':''}");
    Result second = load();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(load().exitCode()).isZero();
    assertThat(partitions())
        .containsExactly("area=__HIVE_DEFAULT_PARTITION__", "area=a%2Fb", "area=eu", "area=us");
    assertThat(client.getPartition("shop", name, List.of("a/b")).getSd().getLocation())
        .isEqualTo(new Path(root, topic).toString() + "/area=a%2Fb");
    assertThat(ids()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void columnsWiden(String format) throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    Result first = load("--create-table", "--format", format);
    assertThat(first.exitCode()).as(first.err()).isZero();
    schema(V2);
    send(0, "{'id':2,'region':'us','note':'late'}");

    Result second = load("--format", format, "--accept-change");

    assertThat(second.exitCode()).as(second.err()).isZero();
    List<String> wide = List.of("id bigint", "region string", "note string");
    assertThat(columns(table().getSd().getCols())).isEqualTo(wide);
    for (Partition partition : client.listPartitions("shop", name, (short) -1)) {
      assertThat(columns(partition.getSd().getCols())).isEqualTo(wide);
    }
    assertThat(table().getSd().getSerdeInfo().getSerializationLib()).containsIgnoringCase(format);
  }

  @Test
  void aTableOfTheUsersIsFollowed() throws Exception {
    create(table -> {});
    send(0, "{'id':1,'region':'eu'}");

    Result result = load();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(columns(table().getSd().getCols())).containsExactly("region string", "id int");
    assertThat(table().getSd().getCols().get(1).getComment()).isEqualTo("which");
    assertThat(table().getOwner()).isEqualTo("somebody");
    assertThat(partitions()).containsExactly("area=eu");
  }

  @Test
  void aMetastoreThatDiesMeanwhileIsToldByTheNextRun() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(load("--create-table").exitCode()).isZero();
    send(0, "{'id':2,'region':'us'}");

    Result behind = load("--mapper", Stopping.class.getName());

    assertThat(behind.exitCode()).as(behind.err()).isEqualTo(8);
    assertThat(behind.err()).contains("Commit 2 stands", "shop." + name, "the next run");
    metastore.start();
    client = connect();
    assertThat(partitions()).containsExactly("area=eu");
    Result next = load();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(next.out()).contains("Nothing to do");
    assertThat(partitions()).containsExactly("area=eu", "area=us");
    assertThat(ids()).containsExactly(1L, 2L);
  }

  @Test
  void aColumnThatCannotBeWidenedLeavesTheTableBehind() throws Exception {
    create(table -> table.getSd().getCols().get(1).setType("string"));
    send(0, "{'id':1,'region':'eu'}");

    Result behind = load();

    assertThat(behind.exitCode()).isEqualTo(8);
    assertThat(behind.err()).contains("The column id is string in the table and int in the file");
    assertThat(partitions()).isEmpty();
    client.dropTable("shop", name, false, false);
    create(table -> {});
    assertThat(load("--accept-change").exitCode()).isZero();
    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void aFolderLikeAColumnIsRefused() throws Exception {
    send(0, "{'id':1,'region':'eu'}");

    Result behind = loadTo(metastore.uri(), "{topic}/region={field:region}", "--create-table");

    assertThat(behind.exitCode()).isEqualTo(8);
    assertThat(behind.err()).contains("both called region");
    assertThat(client.tableExists("shop", name)).isFalse();
  }

  @Test
  void aPartitionThatStandsElsewhereIsNotTakenForOurs() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(load("--create-table").exitCode()).isZero();
    Partition moved = client.getPartition("shop", name, List.of("eu"));
    moved.getSd().setLocation(new Path(root, "elsewhere").toString());
    client.alter_partition("shop", name, moved);
    send(0, "{'id':2,'region':'eu'}");

    Result behind = load();

    assertThat(behind.exitCode()).isEqualTo(8);
    assertThat(behind.err()).contains("area=eu", "elsewhere");
  }

  @Test
  void partitionsLeaveWithTheirFilesAndComeBack() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(load("--create-table").exitCode()).isZero();
    send(0, "{'id':2,'region':'us'}", "{'id':3,'region':'eu'}");
    assertThat(load().exitCode()).isZero();
    Partition own = client.getPartition("shop", name, List.of("us"));
    own.setValues(List.of("own"));
    own.getSd().setLocation(new Path(root, topic + "/area=own").toString());
    own.setParameters(new HashMap<>());
    client.add_partition(own);

    Result back = change("rollback", "--to", "1");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(partitions()).containsExactly("area=eu", "area=own");
    assertThat(ids()).containsExactly(1L);
    Result again = load();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(partitions()).containsExactly("area=eu", "area=own", "area=us");
    assertThat(ids()).containsExactly(1L, 2L, 3L);

    Result forgotten = change("forget", "--where", "folder.area = us");
    assertThat(forgotten.exitCode()).as(forgotten.err()).isZero();
    assertThat(partitions()).containsExactly("area=eu", "area=own");
    assertThat(change("compact").exitCode()).isZero();
    assertThat(ids()).containsExactly(1L, 3L);
  }

  /** A change by hand, which the table learns of. */
  private Result change(String command, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "-D",
                "hive.metastore.uris=" + metastore.uri(),
                "--output",
                root.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aTableThatWasMadeAnewIsNotTheSame() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(load("--create-table").exitCode()).isZero();
    Table made = table();
    client.dropTable("shop", name, true, true);
    assertThat(hdfs.root().getFileSystem(hdfs.configuration()).exists(new Path(root, topic)))
        .isTrue();
    Result gone = load("--create-table");
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("it was dropped", "--accept-change");

    // Tables are told from each other by the second in which they were made.
    Awaitility.await().until(() -> Instant.now().getEpochSecond() > made.getCreateTime());
    Table anew = new Table(made);
    anew.unsetCreateTime();
    client.createTable(anew);
    Result other = load();
    assertThat(other.exitCode()).as(other.err()).isEqualTo(2);
    assertThat(other.err()).contains("dropped and created again", "--accept-change");
    assertThat(load("--accept-change").exitCode()).isZero();
    assertThat(partitions()).containsExactly("area=eu");
    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void tablesThatCannotHoldItAreRefusedBeforeAnythingIsRead() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(load().err()).contains("does not exist", "--create-table");
    refused(table -> table.setTableType("VIRTUAL_VIEW"), "is not external");
    // This metastore makes an external one of it, which takes its files along when it is dropped.
    refused(table -> table.setTableType("MANAGED_TABLE"), "external.table.purge");
    refused(
        table -> table.getParameters().put("external.table.purge", "true"), "external.table.purge");
    refused(
        table -> table.getSd().setLocation(new Path(root, "elsewhere").toString()),
        "elsewhere",
        "--output");
    refused(
        table -> table.getSd().setLocation("file:/tmp" + new Path(root, topic).toUri().getPath()),
        "file:/tmp",
        "--output");
    refused(
        table -> table.setPartitionKeys(List.of(new FieldSchema("dt", "string", null))),
        "[dt]",
        "[area]");
    refused(
        table -> table.getSd().setSerdeInfo(Storage.ORC.descriptor().getSerdeInfo()),
        "OrcSerde",
        "--format is parquet");
    assertThat(hasState()).isFalse();
  }

  private boolean hasState() throws IOException {
    Path state = new Path(root, "_kafka_to_hdfs");
    return state.getFileSystem(hdfs.configuration()).exists(state);
  }

  private void refused(Consumer<Table> change, String... wanted) throws Exception {
    create(
        table -> {
          change.accept(table);
          if (!table.getTableType().equals("EXTERNAL_TABLE")) {
            table.getParameters().remove("EXTERNAL");
            table.getSd().unsetLocation();
          }
        });
    Result result = load();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(wanted);
    client.dropTable("shop", name, true, true);
  }

  @Test
  void whatCannotBeATargetIsRefused() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    assertThat(loadTo("", "daily").err()).contains("hive.metastore.uris");
    Result dead = loadTo("thrift://127.0.0.1:" + FreePorts.next(), "a={partition}");
    assertThat(dead.exitCode()).isEqualTo(1);
    assertThat(dead.err()).contains("The metastore thrift://127.0.0.1", "cannot tell");
    assertThat(loadTo(metastore.uri(), "topic").err()).contains("folders KEY=VALUE");
    assertThat(loadTo(metastore.uri(), "a={partition}/{topic}").err())
        .contains("folders KEY=VALUE");
    assertThat(loadTo(metastore.uri(), "{partition}/a={partition}").err())
        .contains("one folder", "{partition}");
    assertThat(load("--include", "orders.*").err()).contains("one folder", "{topic}");
    assertThat(load("--format", "avro").err()).contains("parquet or orc");
    assertThat(load("--iceberg-table", "a.b.c").err()).contains("one table");
    name = "nowhere.orders";
    assertThat(load("--create-table").err()).contains("two names");
    assertThat(hasState()).isFalse();
  }

  @Test
  void aDatabaseIsNotCreated() throws Exception {
    send(0, "{'id':1,'region':'eu'}");
    database = "nowhere";

    Result result = load("--create-table");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no database nowhere");
  }
}
