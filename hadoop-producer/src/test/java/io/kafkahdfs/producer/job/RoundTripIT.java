package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.registry.RegistrySettings;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.testkit.avro.WireValues;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import io.kafkahdfs.testkit.registry.TestRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a topic to HDFS and back into another topic: what comes out is what went in. */
class RoundTripIT extends ExportFixture {
  /** Older ones retention would remove. */
  private static final long NOW = System.currentTimeMillis();

  @ParameterizedTest
  // Kafka 0.8 can be read from, but not sent to.
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V0_8_2")
  void whatComesOutIsWhatWentIn(KafkaVersion kafka) throws Exception {
    use(kafka);
    String source = Servers.newTopic("source");
    kafka().tools().createTopic(source, 3);
    Set<Capability> can = kafka().tools().capabilities();
    for (int partition = 0; partition < 3; partition++) {
      List<TestRecord> records = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        records.add(record(partition, i, can));
      }
      kafka().tools().send(new PartitionId(source, partition), Codec.GZIP, records);
    }
    for (FileFormat format : FileFormat.values()) {
      if (format.format().keepsOrigin()) {
        comesBack(source, format, can.contains(Capability.TIMESTAMPS));
      }
    }
  }

  private void comesBack(String source, FileFormat format, boolean withTime) throws Exception {
    Path archive = new Path(folder, format.id());
    load(source, archive, format);

    String prefix = format.id() + "-copy-of-";
    String target = prefix + source;
    kafka().tools().createTopic(target, 3);
    InProcess.Result result =
        exportAll(
            "--input",
            archive.toString(),
            "--format",
            format.id(),
            "--topic-from-record",
            "--topic-prefix",
            prefix);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(sent(target)).hasSize(600);
    if (withTime) {
      assertThat(sent(target)).isEqualTo(sent(source));
    } else {
      assertThat(sent(target).stream().map(RoundTripIT::withoutTime).toList())
          .isEqualTo(sent(source).stream().map(RoundTripIT::withoutTime).toList());
    }
  }

  /** Values become columns and go back with the numbers of the schemas that they came with. */
  @Test
  void columnsGoBackAsTheValuesThatTheyCameFrom() throws Exception {
    use(KafkaVersion.V4_4);
    String source = Servers.newTopic("typed");
    kafka().tools().createTopic(source, 2);
    String registry = TestRegistry.shared().url();
    List<TestRecord> records = new ArrayList<>();
    Schema first = schema("{'name':'id','type':'int'}");
    Schema second =
        schema(
            "{'name':'id','type':'long'},"
                + "{'name':'note','type':['null','string'],'default':null}");
    int one = registry(registry).register(source + "-value", first);
    int two = registry(registry).register(source + "-value", second);
    for (int i = 0; i < 20; i++) {
      byte[] key = ("k" + i).getBytes(StandardCharsets.UTF_8);
      records.add(new TestRecord(key, wire(one, first, i, null)).at(NOW - i));
      records.add(
          new TestRecord(null, wire(two, second, 1L << i, i % 2 == 0 ? null : "n" + i))
              .at(NOW - i)
              .with(new TestHeader("h", new byte[] {1})));
    }
    records.add(new TestRecord("gone".getBytes(StandardCharsets.UTF_8), null).at(NOW));
    kafka().tools().send(new PartitionId(source, 1), Codec.NONE, records);
    for (FileFormat format : FileFormat.values()) {
      if (format.format().rows().isPresent()) {
        Path landing = new Path(folder, "typed-" + format);
        runLoad(
            source,
            landing,
            "--format",
            format.id(),
            "--values",
            "avro",
            "--schema-registry",
            registry);
        String copies = format + "-of-";
        kafka().tools().createTopic(copies + source, 2);
        InProcess.Result back =
            exportAll(
                "--input",
                landing.toString(),
                "--format",
                format.id(),
                "--topic-from-record",
                "--topic-prefix",
                copies,
                "--schema-registry",
                registry);
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(sent(copies + source)).isEqualTo(sent(source));
      }
    }
  }

  private static Schema schema(String fields) {
    String json = "{'type':'record','name':'Order','namespace':'shop','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static SchemaRegistry registry(String url) throws IOException {
    Settings settings =
        Settings.read(
            List.of(InputSettings.REGISTRY, InputSettings.REGISTRY_CONFIG),
            Map.of(InputSettings.REGISTRY.key(), url)::get);
    return new RegistrySettings(InputSettings.REGISTRY, InputSettings.REGISTRY_CONFIG)
        .open(settings, new Credentials());
  }

  private static byte[] wire(int schemaId, Schema schema, Object id, String note) {
    GenericRecordBuilder value = new GenericRecordBuilder(schema).set("id", id);
    if (schema.getField("note") != null) {
      value.set("note", note);
    }
    return WireValues.registered(schemaId, schema, value.build());
  }

  @Test
  void whatWasPutAsideGoesBackAndLandsOnceItCan() throws Exception {
    use(KafkaVersion.V4_4);
    String source = Servers.newTopic("source");
    kafka().tools().createTopic(source, 2);
    TestHeader header = new TestHeader("kafka-to-hdfs.commit", new byte[] {7});
    kafka()
        .tools()
        .send(
            new PartitionId(source, 1),
            TestRecord.of("a", "fine").at(NOW),
            TestRecord.of("b", "two\nlines").at(NOW - 1).with(header),
            TestRecord.of(null, "\r").at(NOW - 2));
    Path landing = new Path(folder, "landing");
    runLoad(source, landing, "--format", "text", "--on-bad", "quarantine");
    assertThat(lines(landing, source)).containsExactly("fine");

    InProcess.Result back =
        exportAll("--input", new Path(landing, "_quarantine").toString(), "--topic-from-record");
    assertThat(back.exitCode()).as(back.err()).isZero();
    List<Sent> all = sent(source);
    assertThat(all).hasSize(5);
    assertThat(all.subList(3, 5)).as("as they were").isEqualTo(all.subList(1, 3));

    runLoad(source, landing, "--format", "text", "--newlines", "escape");
    assertThat(lines(landing, source)).containsExactly("fine", "two\\nlines", "\\r");
  }

  private List<String> lines(Path landing, String topic) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileStatus file : files.listStatus(new Path(landing, topic))) {
      try (InputStream in = files.open(file.getPath())) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
      }
    }
    return lines;
  }

  private static TestRecord record(int partition, int i, Set<Capability> can) {
    TestRecord record =
        switch (i % 5) {
          case 0 -> TestRecord.of(null, "value " + partition + "." + i);
          case 1 -> TestRecord.of("key" + i, null);
          case 2 -> TestRecord.of("", "");
          case 3 -> TestRecord.of("Ελληνικά" + i, "line\nfeed " + i);
          default -> TestRecord.of("key" + i, "x".repeat(i * 10));
        };
    if (can.contains(Capability.TIMESTAMPS)) {
      record = record.at(NOW - i);
    }
    if (can.contains(Capability.HEADERS) && i % 3 == 0) {
      record =
          record.with(
              new TestHeader("h", new byte[] {1, 2, 3}),
              new TestHeader("h", null),
              new TestHeader("empty", new byte[0]));
    }
    return record;
  }

  private static Sent withoutTime(Sent sent) {
    return new Sent(sent.partition(), sent.key(), sent.value(), 0, List.of());
  }

  /** As users do it: with the other command. */
  private void load(String source, Path archive, FileFormat format) throws Exception {
    runLoad(
        source,
        archive,
        "--format",
        format.id(),
        "--file-per",
        format == FileFormat.AVRO ? "partition" : "topic");
  }

  private void runLoad(String source, Path output, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--bootstrap-server",
            kafka().bootstrapServers(),
            "--topic",
            source,
            "--output",
            output.toString()));
    Console console = new Console(System.out, System.err, false);
    assertThat(
            io.kafkahdfs.consumer.job.Main.run(
                arguments.toArray(String[]::new), Servers.hdfs().configuration(), console))
        .isZero();
  }
}
