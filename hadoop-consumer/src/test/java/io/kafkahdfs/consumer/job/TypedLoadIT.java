package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.format.registry.RegistrySettings;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.avro.WireValues;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.TestRecord;
import io.kafkahdfs.testkit.registry.TestRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that become columns, with the schemas of a real registry. */
class TypedLoadIT extends LoadFixture {
  private static final Schema V1 = order("{'name':'id','type':'int'}");

  private static final Schema V2 =
      order(
          "{'name':'id','type':'long'},"
              + "{'name':'note','type':['null','string'],'default':null}");

  @TempDir private java.nio.file.Path folder;

  private static Schema order(String fields) {
    String json = "{'type':'record','name':'Order','namespace':'shop','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static SchemaRegistry registry() throws IOException {
    Settings settings =
        Settings.read(
            List.of(ValueSettings.REGISTRY, ValueSettings.REGISTRY_CONFIG),
            Map.of(ValueSettings.REGISTRY.key(), TestRegistry.shared().url())::get);
    return new RegistrySettings(ValueSettings.REGISTRY, ValueSettings.REGISTRY_CONFIG)
        .open(settings, new Credentials());
  }

  private static byte[] wire(int schemaId, Schema schema, Object id, String note) {
    GenericRecordBuilder value = new GenericRecordBuilder(schema).set("id", id);
    if (note != null) {
      value.set("note", note);
    }
    return WireValues.registered(schemaId, schema, value.build());
  }

  private void send(List<byte[]> values) throws IOException {
    send(0, values);
  }

  private void send(int partition, List<byte[]> values) throws IOException {
    List<TestRecord> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new TestRecord("k".getBytes(StandardCharsets.UTF_8), value));
    }
    kafka().tools().send(partition(partition), Codec.NONE, records);
  }

  private List<GenericRecord> rows() throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    for (FileEntry file : landed.files(topic)) {
      try (InputStream in = landed.store().open(file.path());
          DataFileStream<GenericRecord> records =
              new DataFileStream<>(in, new GenericDatumReader<>())) {
        records.forEach(rows::add);
      }
    }
    return rows;
  }

  private static String describe(GenericRecord row) {
    GenericRecord origin = (GenericRecord) row.get("_kafka");
    Object note = row.hasField("note") ? row.get("note") : "-";
    return origin.get("offset") + ":" + row.get("id") + ":" + note + ":" + origin.get("tombstone");
  }

  /** Each file has records between those of the other one. */
  @Test
  void filesThatAreWithinEachOtherAreLoadedAgainTogether() throws Exception {
    Schema refund =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'Refund','fields':[{'name':'id','type':'string'}]}"
                    .replace('\'', '"'));
    int one = registry().register(topic + "-order", V1);
    int two = registry().register(topic + "-refund", refund);
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      values.add(wire(one, V1, i, null));
      values.add(wire(two, refund, "r" + i, null));
    }
    send(values);
    String[] typed = {"--values", "avro", "--schema-registry", TestRegistry.shared().url()};
    assertThat(load(typed).exitCode()).isZero();
    assertThat(landed.files(topic)).hasSize(2);
    Set<String> before = rows().stream().map(TypedLoadIT::describe).collect(Collectors.toSet());
    landed.store().delete(landed.files(topic).get(0).path());

    InProcess.Result repaired = load("repair", typed[0], typed[1], typed[2], typed[3]);

    assertThat(repaired.exitCode()).as(repaired.err()).isZero();
    assertThat(repaired.out())
        .startsWith("Loaded 1 missing files with 20 records, those of 1 files between them");
    assertThat(landed.files(topic)).hasSize(2);
    assertThat(rows().stream().map(TypedLoadIT::describe))
        .hasSize(20)
        .containsExactlyInAnyOrderElementsOf(before);
    InProcess.Result verified =
        new LoadCommand(configuration(), "--output", root.toString()).run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  @Test
  void versionsOfASchemaBecomeColumnsAndWhatIsNoneGoesAside() throws Exception {
    int one = registry().register(topic + "-value", V1);
    int two = registry().register(topic + "-value", V2);
    send(
        List.of(
            wire(one, V1, 1, null),
            wire(two, V2, 2L, "n"),
            wire(one, V1, 3, null),
            "garbage".getBytes(StandardCharsets.UTF_8),
            wire(two, V2, 4L, null),
            wire(99_999, V1, 5, null)));
    String[] typed = {"--values", "avro", "--schema-registry", TestRegistry.shared().url()};

    InProcess.Result refused = load(typed);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains(topic + "-0@3", "begins with the byte 103", "--on-bad quarantine");
    assertThat(landed.names()).doesNotContain(topic);

    InProcess.Result result =
        load("--values", "avro", "--schema-registry", typed[3], "--on-bad", "quarantine");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(rows().stream().map(TypedLoadIT::describe))
        .containsExactly("0:1:-:false", "1:2:n:false", "2:3:null:false", "4:4:null:false");
    assertThat(landed.files(topic)).hasSize(2);
    InProcess.Result verified =
        new LoadCommand(configuration(), "--output", root.toString()).run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.err()).isZero();

    InProcess.Result other = load("--on-bad", "quarantine");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("--values avro", "--accept-change");
  }

  private static Schema visit(String fields) {
    String json = "{'type':'record','name':'Visit','namespace':'shop','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static byte[] visit(int id, Schema schema, String at, String country) {
    GenericRecordBuilder value = new GenericRecordBuilder(schema);
    if (at != null) {
      value.set("at", Instant.parse(at).toEpochMilli());
    }
    return WireValues.registered(id, schema, value.set("country", country).build());
  }

  @Test
  void recordsLandWhereTheirFieldsSay() throws Exception {
    String time = "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}}";
    Schema first = visit(time + ",{'name':'country','type':'string'}");
    Schema second = visit("{'name':'country','type':['null','string']}," + time);
    Schema third = visit("{'name':'country','type':'string'}");
    int one = registry().register(topic + "-value", first);
    int two = registry().register(topic + "-value", second);
    // Of other subjects: they are not compatible, and a producer may send them all the same.
    int three = registry().register(topic + "-third", third);
    Schema click = order("{'name':'country','type':'string'}");
    int other = registry().register(topic + "-other", click);
    send(
        Arrays.asList(
            visit(one, first, "2026-11-25T21:30:00Z", "GR"),
            visit(two, second, "2026-11-25T22:30:00Z", "GR"),
            visit(one, first, "2026-11-25T21:59:59Z", "a/b"),
            visit(two, second, "2026-11-26T01:00:00Z", null),
            visit(three, third, null, "GR"),
            visit(other, click, null, "GR"),
            null));
    String[] layout = {
      "--layout",
      "{topic}/country={field:country}/dt={time:yyyy-MM-dd}",
      "--time",
      "field:at",
      "--time-zone",
      "Europe/Athens"
    };

    InProcess.Result bytes = load(layout);
    assertThat(bytes.exitCode()).isEqualTo(2);
    assertThat(bytes.err()).contains("--layout", "--values is bytes");
    List<String> typed = new ArrayList<>(List.of(layout));
    typed.addAll(List.of("--values", "avro", "--schema-registry", TestRegistry.shared().url()));
    InProcess.Result refused = load(typed.toArray(String[]::new));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(topic + "-0@5", "without a field at", "--time");

    typed.addAll(List.of("--on-bad", "quarantine"));
    InProcess.Result result = load(typed.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, Long> records = new TreeMap<>();
    for (JsonNode file : commit(1).get("files")) {
      String path = file.get("path").asText().replace(topic, "T");
      records.merge(
          path.substring(0, path.lastIndexOf('/')),
          file.get("parts").get(0).get("records").asLong(),
          Long::sum);
    }
    String none = "__HIVE_DEFAULT_PARTITION__";
    assertThat(records)
        .isEqualTo(
            Map.of(
                "T/country=GR/dt=2026-11-25",
                1L,
                "T/country=GR/dt=2026-11-26",
                1L,
                "T/country=GR/dt=" + none,
                1L,
                "T/country=a%2Fb/dt=2026-11-25",
                1L,
                "T/country=" + none + "/dt=2026-11-26",
                1L,
                "T/country=" + none + "/dt=" + none,
                1L,
                "_quarantine/T",
                1L));
    InProcess.Result verified =
        new LoadCommand(configuration(), "--output", root.toString()).run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.err() + verified.out()).isZero();
    assertThat(commit(1).get("load").get("layout").asText())
        .isEqualTo(layout[1] + " of the field:at, Europe/Athens");
  }

  @Test
  void jsonBecomesColumnsWithoutWhereItCameFrom() throws Exception {
    Files.writeString(folder.resolve("order.avsc"), V2.toString());
    send(
        List.of(
            "{\"id\":1,\"note\":\"x\"}".getBytes(StandardCharsets.UTF_8),
            "{\"id\":2,\"more\":[1,{}]}".getBytes(StandardCharsets.UTF_8)));

    InProcess.Result result =
        load(
            "--values",
            "json",
            "--value-schema",
            folder.resolve("order.avsc").toString(),
            "--unknown-fields",
            "drop",
            "--metadata",
            "none");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(rows().stream().map(row -> row.get("id") + ":" + row.get("note")))
        .containsExactly("1:x", "2:null");
    InProcess.Result verified =
        new LoadCommand(configuration(), "--output", root.toString()).run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "parquet", "orc"})
  void partitionsShareAFileOfColumns(String format) throws Exception {
    Files.writeString(folder.resolve("order.avsc"), V2.toString());
    for (int partition = 0; partition < 2; partition++) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        values.add(("{\"id\":" + i + "}").getBytes(StandardCharsets.UTF_8));
      }
      send(partition, values);
    }

    InProcess.Result result =
        load(
            "--format",
            format,
            "--values",
            "json",
            "--value-schema",
            folder.resolve("order.avsc").toString(),
            "--file-per",
            "topic",
            "--maps",
            "1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.files(topic)).hasSize(1);
    InProcess.Result verified =
        new LoadCommand(configuration(), "--output", root.toString()).run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("1 files, 10 records", "each file read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          --values avro; --values avro needs --schema-registry URL
          --values json; --values json needs --value-schema FILE
          --values json --value-schema missing.avsc; missing.avsc
          --values avro --value-schema pom.xml; has no Avro schema
          --values avro --schema-registry ftp://host:1; it begins with neither http://
          --values avro --schema-registry http://127.0.0.1:1 --format text; --format text
          --schema-registry http://127.0.0.1:1; --values is bytes
          --keys avro; --values is bytes
          --values avro --schema-registry http://127.0.0.1:1 --key-schema pom.xml; --key-schema needs --keys
          --values avro --value-schema pom.xml --metadata none --file-per topic; --metadata none
          --layout {topic}/{field:x}; --values is bytes
          --create-table; --create-table needs --iceberg-table
          --iceberg-table lake.shop.orders; --iceberg-table needs --format parquet or orc
          --iceberg-table orders --format parquet; at least three names
          --iceberg-table lake.shop.orders --format parquet; kafka-to-hdfs-iceberg.jar
          --layout daily --time field:at; --values is bytes
          --layout daily --time field:; record, run, field:NAME
          --layout daily --time field:at:bbb; record, run, field:NAME
          """)
  void contradictionsAreRefusedBeforeAnythingIsRead(String arguments, String message)
      throws Exception {
    InProcess.Result result = load(arguments.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void aRegistryThatIsDownIsNamed() throws Exception {
    Files.writeString(folder.resolve("registry.properties"), "max.retries=0\n");
    InProcess.Result result =
        load(
            "--values",
            "avro",
            "--schema-registry",
            "http://127.0.0.1:1",
            "--schema-registry-config",
            folder.resolve("registry.properties").toString());

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.err()).contains("http://127.0.0.1:1");
  }
}
