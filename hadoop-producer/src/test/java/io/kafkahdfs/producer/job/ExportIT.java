package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an export sends, to real brokers of several generations from a real HDFS. */
class ExportIT extends ExportFixture {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V0_10_2", "V2_8", "V4_4"})
  void linesBecomeValues(KafkaVersion kafka) throws Exception {
    use(kafka);
    write("a.txt", text(lines("a", 0, 1000)));
    write("b.txt", text(lines("b", 0, 1000)));
    write("_SUCCESS", "");
    write(".hidden", "hidden\n");
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("2,000 records");
    assertThat(values(topic))
        .hasSize(2000)
        .containsAll(lines("a", 0, 1000))
        .containsAll(lines("b", 0, 1000));

    InProcess.Result again = export("--format", "text");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("Already exported");
    assertThat(values(topic)).hasSize(2000);

    InProcess.Result oncemore = export("--format", "text", "--again");
    assertThat(oncemore.exitCode()).as(oncemore.err()).isZero();
    assertThat(values(topic)).hasSize(4000);
  }

  @Test
  void whatIsPromisedFollowsFromTheBrokers() throws Exception {
    write("a.txt", "a\n");
    use(KafkaVersion.V4_4);
    assertThat(export("--format", "text").out()).contains("exactly once");
    use(KafkaVersion.V0_9);
    assertThat(export("--format", "text").out()).contains("at least once", "no headers");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void keysAndOrderAreKeptWithinAFile(KafkaVersion kafka) throws Exception {
    use(kafka);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      lines.add("key" + i % 7 + "\t" + i);
    }
    write("keyed.txt", text(lines));
    InProcess.Result result = export("--format", "text", "--key-separator", "\\t");
    assertThat(result.exitCode()).as(result.err()).isZero();
    for (int key = 0; key < 7; key++) {
      String name = "key" + key;
      List<Sent> ofKey = sent(topic).stream().filter(sent -> sent.key().equals(name)).toList();
      assertThat(ofKey.stream().map(Sent::partition).distinct()).hasSize(1);
      assertThat(ofKey.stream().map(sent -> Integer.parseInt(sent.value())))
          .isSorted()
          .hasSizeGreaterThan(400);
    }
  }

  @Test
  void compressedTextIsReadAsHadoopReadsIt() throws Exception {
    use(KafkaVersion.V4_4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text(lines("z", 0, 500)).getBytes(StandardCharsets.UTF_8));
    }
    write("z.txt.gz", bytes.toByteArray());
    InProcess.Result result = export("--format", "text", "--partition", "round-robin");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(0)).hasSize(250);
    assertThat(values(1)).hasSize(250);
  }

  @Test
  void sequenceFilesGiveKeysAndValues() throws Exception {
    use(KafkaVersion.V4_4);
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            Servers.hdfs().configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(input, "a.seq")),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class))) {
      writer.append(new Text("k"), new BytesWritable("v".getBytes(StandardCharsets.UTF_8)));
    }
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            Servers.hdfs().configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(input, "b.seq")),
            SequenceFile.Writer.keyClass(NullWritable.class),
            SequenceFile.Writer.valueClass(Text.class))) {
      writer.append(NullWritable.get(), new Text("w"));
    }
    InProcess.Result result = export("--format", "sequence");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(sent(topic).stream().map(sent -> sent.key() + "=" + sent.value()))
        .containsExactlyInAnyOrder("k=v", "null=w");
  }

  @Test
  void recordsOfAnyAvroFileBecomeValues() throws Exception {
    use(KafkaVersion.V4_4);
    Schema schema =
        SchemaBuilder.record("Person")
            .fields()
            .requiredString("name")
            .requiredInt("age")
            .endRecord();
    try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(input, "people.avro"));
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, out);
      writer.append(new GenericRecordBuilder(schema).set("name", "Ada").set("age", 36).build());
    }
    assertThat(export("--avro-as", "json").exitCode()).isZero();
    assertThat(values(topic)).containsExactly("{\"name\":\"Ada\",\"age\":36}");

    assertThat(export("--export-id", "binary").exitCode()).isZero();
    byte[] binary =
        values(topic).stream()
            .filter(value -> !value.startsWith("{"))
            .findFirst()
            .orElseThrow()
            .getBytes(StandardCharsets.UTF_8);
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(binary, null));
    assertThat(read.get("name").toString()).isEqualTo("Ada");
    assertThat(read.get("age")).isEqualTo(36);
  }

  @Test
  void theSummaryAddsUp() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", "x:1\nno separator\ny:2\nz:3\n");
    write("b.txt", "");
    Path file = temporary.resolve("summary.json");
    InProcess.Result result =
        export(
            "--format",
            "text",
            "--key-separator",
            ":",
            "--on-bad",
            "skip",
            "--mapper",
            WithoutYMapper.class.getName(),
            "--summary",
            file.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(file.toFile());
    assertThat(summary.get("outcome").asText()).isEqualTo("exported");
    assertThat(summary.get("records").asLong()).isEqualTo(2);
    JsonNode read = summary.get("files").get(0);
    assertThat(read.get("read").asLong()).isEqualTo(4);
    assertThat(read.get("sent").asLong()).isEqualTo(2);
    assertThat(read.get("filtered").asLong()).isEqualTo(1);
    assertThat(read.get("bad").asLong()).isEqualTo(1);
    long acknowledged = 0;
    for (JsonNode partition : summary.get("partitions")) {
      acknowledged += partition.get("records").asLong();
    }
    assertThat(acknowledged).isEqualTo(2);
    assertThat(sent(topic).stream().map(Sent::key)).containsExactlyInAnyOrder("x", "z");
  }

  @Test
  void manyTasksSendPartsOfOneFileIfOrderIsGivenUp() throws Exception {
    use(KafkaVersion.V4_4);
    write("large.txt", text(lines("line", 0, 5000)));
    InProcess.Result plan = export("--format", "text", "--unordered", "--maps", "4", "--dry-run");
    assertThat(plan.out()).contains("in 4 splits");
    assertThat(values(topic)).isEmpty();
    assertThat(export("--format", "text", "--unordered", "--maps", "4").exitCode()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(lines("line", 0, 5000));
    assertThat(export("--format", "text", "--maps", "4", "--dry-run").out())
        .contains("in 1 split ");
  }

  @Test
  void topicsAreCreatedOnRequest() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", text(lines("a", 0, 10)));
    topic = Servers.newTopic("fresh");
    InProcess.Result refused = export("--format", "text");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("There is no topic " + topic, "--create-topics");
    assertThat(kafka().tools().topics()).doesNotContain(topic);
    InProcess.Result result = export("--format", "text", "--create-topics", "3:1");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(lines("a", 0, 10));
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void largeRecordsAreSentToBrokersThatTakeThem(KafkaVersion kafka) throws Exception {
    use(kafka);
    topic = Servers.newTopic("large");
    kafka().tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "11000000"));
    List<String> lines =
        IntStream.of(10_000_000, 10, 5_000_000, 10_000_000, 20)
            .mapToObj(length -> String.valueOf(length % 9).repeat(length))
            .toList();
    write("large.txt", text(lines));
    InProcess.Result result = export("--format", "text", "--batch-bytes", "1m");
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> read = new ArrayList<>();
    kafka()
        .tools()
        .read(
            new PartitionId(topic, 0),
            (offset, record) -> read.add(new String(record.value(), StandardCharsets.UTF_8)));
    // Not by AssertJ, which would print both.
    assertThat(read.equals(lines)).isTrue();
  }

  @Test
  void aUsersClassPlacesRecords() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", text(lines("", 0, 100)));
    InProcess.Result result =
        export("--format", "text", "--partition", EvenOddPartitioner.class.getName());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(0)).hasSize(50).allMatch(value -> Integer.parseInt(value) % 2 == 0);
    assertThat(values(1)).hasSize(50).allMatch(value -> Integer.parseInt(value) % 2 == 1);
  }

  @Test
  void aRateLosesNothing() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", text(lines("a", 0, 200)));
    InProcess.Result result = export("--format", "text", "--max-rate", "1000r");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).hasSize(200);
  }

  @Test
  void doneExportsLeaveNoProgressBehind() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", text(lines("a", 0, 10)));
    assertThat(export("--format", "text", "--export-id", "tidy").exitCode()).isZero();
    org.apache.hadoop.fs.Path state = new org.apache.hadoop.fs.Path(folder, "state/tidy");
    assertThat(kafka().tools().groupOffsets(plan("tidy").transactionalId(0))).isEmpty();
    assertThat(java.util.Arrays.stream(files.listStatus(state)).map(s -> s.getPath().getName()))
        .containsExactlyInAnyOrder("plan.json", "receipt.json");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void aRunThatFailedOrderlyIsResumedWithoutARepetition(KafkaVersion kafka) throws Exception {
    use(kafka);
    List<String> lines = lines("k\t", 0, 50);
    lines = new ArrayList<>(lines);
    lines.add(30, "no key");
    write("a.txt", text(lines));
    String[] arguments = {"--format", "text", "--key-separator", "\\t", "--commit-records", "7"};
    InProcess.Result failed = export(arguments);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("a.txt, record 31 has no key separator");

    Path file = temporary.resolve("summary.json");
    List<String> more = new ArrayList<>(List.of(arguments));
    more.addAll(List.of("--on-bad", "skip", "--summary", file.toString()));
    InProcess.Result result = export(more.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Resuming export");
    assertThat(values(topic)).containsExactlyElementsOf(lines("", 0, 50));
    JsonNode read = new ObjectMapper().readTree(file.toFile()).get("files").get(0);
    assertThat(read.get("read").asLong()).isEqualTo(51);
    assertThat(read.get("sent").asLong()).isEqualTo(50);
    assertThat(read.get("filtered").asLong()).isZero();
    assertThat(read.get("bad").asLong()).isEqualTo(1);
  }
}
