package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files an export takes, and that it takes all of them, or says why not. */
class InputIT extends ExportFixture {
  private static final Schema NAMED =
      SchemaBuilder.record("Named").fields().requiredString("name").endRecord();

  @BeforeEach
  void useToday() throws Exception {
    use(KafkaVersion.V4_4);
  }

  @Test
  void aFileThatIsStillWrittenIsNotSent() throws Exception {
    write("closed.txt", "a\nb\n");
    try (FSDataOutputStream out = files.create(new Path(input, "open.txt"))) {
      // Its length is 0 until a block is full, flushed or not.
      out.write("c\nd\n".getBytes(StandardCharsets.UTF_8));
      out.hflush();
      for (String what : List.of("", "/open.txt", "/*.txt")) {
        InProcess.Result failed =
            exportAll("--input", input + what, "--topic", topic, "--format", "text");
        assertThat(failed.exitCode()).as(what).isEqualTo(1);
        assertThat(failed.err()).contains("Still being written", "open.txt", "--on-open skip");
      }
      assertThat(values(topic)).isEmpty();

      InProcess.Result skipped =
          export("--format", "text", "--on-open", "skip", "--export-id", "skipped");
      assertThat(skipped.exitCode()).as(skipped.err()).isZero();
      assertThat(skipped.out()).contains("still being written: 1 file or folder", "open.txt");
      assertThat(values(topic)).containsExactlyInAnyOrder("a", "b");
      try (InputStream receipt = files.open(new Path(folder, "state/skipped/receipt.json"))) {
        assertThat(new String(receipt.readAllBytes(), StandardCharsets.UTF_8))
            .containsPattern("(?s)\"leftOpen\" : \\[ \"hdfs:[^\"]*/open.txt\" \\]");
      }
    }
    InProcess.Result later =
        export("--format", "text", "--on-open", "skip", "--export-id", "skipped");
    assertThat(later.exitCode()).isZero();
    assertThat(later.err()).contains("have come or changed", "open.txt");
    assertThat(values(topic)).hasSize(2);
  }

  private InProcess.Result cat(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("cat"));
    arguments.addAll(List.of(options));
    return new ExportCommand(Servers.hdfs().configuration(), "--input", input.toString())
        .run(arguments.toArray(String[]::new));
  }

  @Test
  void catPrintsWhatAnExportWouldSend() throws Exception {
    write("a.txt", "k1,a\nk2,b\n");
    write("b.txt.gz", gzip("k3,c\nbad\nk4,d\n"));
    write("empty.txt", "");
    write("_hidden.txt", "hidden\n");
    String[] text = {"--format", "text", "--key-separator", ","};
    assertThat(cat("--format", "text", "--limit", "3").out())
        .isEqualTo("null\tk1,a\nnull\tk2,b\nnull\tk3,c\n");

    assertThat(cat("--format", "text", "--where", "value ~ b$", "-f", "%s (%S)\\n").out())
        .isEqualTo("k2,b (4)\n");
    assertThat(cat("--format", "text", "--where", "offset = 1").exitCode()).isEqualTo(2);

    InProcess.Result failed = cat(text);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("k1\ta\nk2\tb\nk3\tc\n");
    assertThat(failed.err()).contains("b.txt.gz, record 2", "--on-bad skip");
    InProcess.Result skipped = cat("--format", "text", "--key-separator", ",", "--on-bad", "skip");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(skipped.out()).isEqualTo("k1\ta\nk2\tb\nk3\tc\nk4\td\n");
    assertThat(skipped.err()).contains("1 bad record");
  }

  /** A file that no reader could read shows whether it was opened. */
  @Test
  void catOpensOnlyFilesOfTheFoldersThatAreAskedFor() throws Exception {
    write("dt=2026-01-01/a.txt", "first\n");
    write("dt=2026-01-02/b.txt", "second\n");
    write("dt=2026-01-03/c.txt.gz", "no gzip");
    assertThat(cat("--format", "text", "--where", "folder.dt < 2026-01-03").out())
        .isEqualTo("null\tfirst\nnull\tsecond\n");
    assertThat(cat("--format", "text", "--where", "folder.dt = 2026-01-02").out())
        .isEqualTo("null\tsecond\n");
    assertThat(cat("--format", "text", "--where", "folder.dt > 2026-01-01").exitCode())
        .isEqualTo(1);
  }

  @Test
  void catRefusesWhatAnExportRefuses() throws Exception {
    write(
        "a.json",
        "{\"topic\":\"t\",\"partition\":3,\"offset\":8,\"timestamp\":0,"
            + "\"timestampType\":\"CREATE_TIME\",\"key\":null,\"value\":\"v\",\"headers\":[]}\n");
    assertThat(cat("--format", "json").out()).isEqualTo("t-3@8\t1970-01-01T00:00:00Z\tnull\tv\n");
    assertThat(cat("--format", "json", "--json").out())
        .startsWith("{\"topic\":\"t\",\"partition\":3,\"offset\":8,");
    assertThat(cat("--format", "text", "--limit", "1", "--json").out())
        .startsWith("{\"key\":null,\"value\":\"")
        .endsWith("\"headers\":[]}\n");
    InProcess.Result other = cat();
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("a.json");
    InProcess.Result option = cat("--key-separator", ",");
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err()).contains("--key-separator is for --format text only");
    try (FSDataOutputStream out = files.create(new Path(input, "open.txt"))) {
      out.hflush();
      assertThat(cat("--format", "json").err()).contains("Still being written", "open.txt");
    }
  }

  @Test
  void aFileThatGrowsWhileItIsSentFailsTheExport() throws Exception {
    Path file = write("a.txt", "a\nb\n");
    InProcess.Result result =
        export(
            "-D",
            AppendingMapper.FILE + "=" + file,
            "--format",
            "text",
            "--mapper",
            AppendingMapper.class.getName());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("has changed since", "a.txt has 9 bytes, not 4");
  }

  /** Its length and its time say nothing until the writer has closed it. */
  @Test
  void aFileThatIsOpenedAgainIsNotWhatItWas() throws Exception {
    Path file = write("a.txt", "a\nb\n");
    InputLister lister = new InputLister(Servers.hdfs().configuration());
    List<InputFile> planned = lister.list(List.of(input.toString())).files();
    assertThat(lister.changes(planned)).isEmpty();
    try (FSDataOutputStream out = files.append(file)) {
      out.write("late\n".getBytes(StandardCharsets.UTF_8));
      assertThat(lister.changes(planned))
          .containsExactly(planned.get(0).path() + " is being written to");
    }
  }

  @Test
  void globsPassOverHiddenNamesToo() throws Exception {
    write("a.txt", "a\n");
    write("_tmp.txt", "tmp\n");
    write(".part-0.inprogress", "part\n");
    write("b.txt._COPYING_", "copying\n");
    write("sub/_meta/1.json", "meta\n");
    write("sub/c.txt", "c\n");
    InProcess.Result result =
        exportAll(
            "--input",
            input + "/*," + input + "/sub/*/*.json," + input + "/a.txt",
            "--topic",
            topic,
            "--format",
            "text");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("finds only names", "_meta");

    result = exportAll("--input", input + "/*", "--topic", topic, "--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Passed over for their names: 4 files or folders");
    assertThat(values(topic)).containsExactlyInAnyOrder("a", "c");

    result =
        exportAll(
            "--input",
            input + "/_t*," + input + "/b.txt._COPYING_," + input + "/.part*",
            "--topic",
            topic,
            "--format",
            "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrder("a", "c", "tmp", "copying", "part");
  }

  @Test
  void namesMayHaveBlanksPercentSignsAndChinese() throws Exception {
    write("a b.txt", "blank\n");
    write("50%25 off.txt", "percent\n");
    write("数据/文件.txt", "chinese\n");
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrder("blank", "percent", "chinese");
    assertThat(export("--format", "text").out()).contains("Already exported");
    for (String name : List.of("a b.txt", "50%25 off.txt", "数据/文件.txt")) {
      assertThat(
              exportAll("--input", input + "/" + name, "--topic", topic, "--format", "text")
                  .exitCode())
          .as(name)
          .isZero();
    }
    assertThat(values(topic)).hasSize(6);
  }

  @Test
  void filesOfSeveralMembersAndOfZstandardAreReadWhole() throws Exception {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int member = 0; member < 3; member++) {
      try (OutputStream gzip = new GZIPOutputStream(members)) {
        gzip.write(text(lines("g" + member + "-", 0, 100)).getBytes(StandardCharsets.UTF_8));
      }
    }
    write("a.gz", members.toByteArray());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    try (OutputStream zstd = new com.github.luben.zstd.ZstdOutputStreamNoFinalizer(frames)) {
      zstd.write(text(lines("z", 0, 100)).getBytes(StandardCharsets.UTF_8));
    }
    write("a.zst", frames.toByteArray());
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).hasSize(400).contains("g0-0", "g1-99", "g2-0", "g2-99", "z0", "z99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "xz", "zstandard"})
  void avroFilesOfAllCodecsAreRead(String codec) throws Exception {
    avro("a.avro", codec, NAMED, "name");
    Schema other = SchemaBuilder.record("Other").fields().requiredString("title").endRecord();
    avro("b.avro", codec, other, "title");
    InProcess.Result result = export("--avro-as", "json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic))
        .containsExactlyInAnyOrder("{\"name\":\"Ada\"}", "{\"title\":\"Ada\"}");
  }

  @Test
  void whatCannotBeReadHereIsNoBadInput() throws Exception {
    Path avro = avro("a.avro", "null", NAMED, "name");
    byte[] bytes;
    try (InputStream in = files.open(avro)) {
      bytes = in.readAllBytes();
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\10null", "\10lzop");
    files.delete(avro, false);
    write("a.avro", text.getBytes(StandardCharsets.ISO_8859_1));
    for (String onBad : List.of("fail", "skip")) {
      InProcess.Result result = export("--on-bad", onBad);
      assertThat(result.exitCode()).as(onBad).isEqualTo(1);
      assertThat(result.err()).contains("a.avro", "the Avro codec lzop", "deflate");
    }

    write("b.seq", sequenceHeader("com.example.NoCodec"));
    for (String onBad : List.of("fail", "skip")) {
      InProcess.Result result =
          exportAll(
              "--input",
              input + "/b.seq",
              "--topic",
              topic,
              "--format",
              "sequence",
              "--on-bad",
              onBad);
      assertThat(result.exitCode()).as(onBad).isEqualTo(1);
      assertThat(result.err()).contains("b.seq", "com.example.NoCodec", "-libjars");
    }
    assertThat(values(topic)).isEmpty();
  }

  private static byte[] sequenceHeader(String codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {'S', 'E', 'Q', 6});
    Text.writeString(out, BytesWritable.class.getName());
    Text.writeString(out, BytesWritable.class.getName());
    out.writeBoolean(true);
    out.writeBoolean(false);
    Text.writeString(out, codec);
    new SequenceFile.Metadata().write(out);
    out.write(new byte[16]);
    return bytes.toByteArray();
  }

  @Test
  void whatIsNoTextIsRefusedBeforeAnythingIsSent() throws Exception {
    write("a.txt", "a\n");
    write("b.txt", "\ufeffb\n".getBytes(StandardCharsets.UTF_16LE));
    InProcess.Result refused = export("--format", "text");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("b.txt", "UTF-16", "iconv", "Nothing was sent");
    assertThat(values(topic)).isEmpty();

    InProcess.Result skipped = export("--format", "text", "--on-bad", "skip");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(skipped.out()).containsPattern("b.txt +1 +0 +0 +1\n");
    assertThat(values(topic)).containsExactly("a");

    Path packed = write("c.gz.1", gzip("c\n"));
    refused = exportAll("--input", packed.toString(), "--topic", topic, "--format", "text");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("c.gz.1", "gzip", "--any-bytes");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void allRecordsOfBlocksOfASequenceFileAreSent() throws Exception {
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            Servers.hdfs().configuration(),
            SequenceFile.Writer.file(new Path(input, "a.seq")),
            SequenceFile.Writer.keyClass(LongWritable.class),
            SequenceFile.Writer.valueClass(IntWritable.class),
            SequenceFile.Writer.compression(CompressionType.BLOCK, new DefaultCodec()))) {
      for (int i = 0; i < 5000; i++) {
        writer.append(new LongWritable(0x4142434445464700L + i % 100), new IntWritable(0x30303030));
      }
    }
    InProcess.Result result = export("--format", "sequence");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("5,000 records");
    // Highest byte first, as Kafka's serializers for numbers write them.
    assertThat(sent(topic)).hasSize(5000).allMatch(sent -> sent.value().equals("0000"));
    assertThat(sent(topic).get(0).key()).startsWith("ABCDEFG");
  }

  @Test
  void whatALoadLandedInBlocksComesBack() throws Exception {
    List<String> values = IntStream.range(0, 300).mapToObj(i -> "value " + i).toList();
    load(values, "--format", "sequence", "--codec", "deflate");
    InProcess.Result result = export("--format", "sequence");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(values);
  }

  @Test
  void whatALoadEscapedComesBack() throws Exception {
    List<String> values =
        List.of("plain", "two\nlines", "\r\n", "back\\slash\\n", "", "\\", "\ufeffmark");
    load(values, "--format", "text", "--newlines", "escape");
    InProcess.Result result = export("--format", "text", "--newlines", "unescape");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(values);
  }

  /** Puts values into a topic, and lands it in the test's input. */
  private void load(List<String> values, String... more) throws Exception {
    String source = Servers.newTopic("source");
    kafka().tools().createTopic(source, 1);
    List<TestRecord> records = values.stream().map(value -> TestRecord.of("k", value)).toList();
    kafka().tools().send(new PartitionId(source, 0), Codec.NONE, records);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-server",
                kafka().bootstrapServers(),
                "--topic",
                source,
                "--output",
                input.toString()));
    arguments.addAll(List.of(more));
    Console console = new Console(System.out, System.err, false);
    assertThat(
            io.kafkahdfs.consumer.job.Main.run(
                arguments.toArray(String[]::new), Servers.hdfs().configuration(), console))
        .isZero();
  }

  private Path avro(String name, String codec, Schema schema, String field) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.create(schema, bytes);
      writer.append(new GenericRecordBuilder(schema).set(field, "Ada").build());
    }
    return write(name, bytes.toByteArray());
  }
}
