package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.InputStream;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be wrong with an export, and what it says then. */
class BadInputIT extends ExportFixture {
  @BeforeEach
  void useToday() throws Exception {
    use(KafkaVersion.V4_4);
  }

  @Test
  void noSuchInput() throws Exception {
    InProcess.Result result =
        exportAll("--input", input + "/nothing", "--topic", topic, "--format", "text");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("There is no such input", "/nothing", "--input");
  }

  @Test
  void pathsThatCannotBe() throws Exception {
    for (String path : List.of("/o:c/x", "co:lon", "/o:c/*")) {
      InProcess.Result result = exportAll("--input", path, "--topic", topic, "--format", "text");
      assertThat(result.err()).contains(path, "--input");
      assertThat(result.exitCode()).isEqualTo(2);
    }
    InProcess.Result state =
        new ExportCommand(
                Servers.hdfs().configuration(), "--bootstrap-server", kafka().bootstrapServers())
            .run(
                "--input",
                input.toString(),
                "--topic",
                topic,
                "--format",
                "text",
                "--state",
                "/o:c/x");
    assertThat(state.err()).contains("/o:c/x", "--state");
    assertThat(state.exitCode()).isEqualTo(2);
  }

  @Test
  void anEmptyInputIsExportedAtOnce() throws Exception {
    write("empty.txt", "");
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("0 records");
    assertThat(values(topic)).isEmpty();
  }

  @Test
  void anEmptyFolderIsExportedAtOnce() throws Exception {
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("0 records");
  }

  @Test
  void anAvroFileThatIsCutShortIsNotSentAtAll() throws Exception {
    List<Path> archive = archive(3000);
    Path last = archive.get(archive.size() - 1);
    cut(last, 100);
    String all = archive.get(0).getParent().toString();
    InProcess.Result result =
        exportAll("--input", all, "--topic", topic, "--partition", "key", "--maps", "1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(last.getName(), "cut short", "--on-bad skip");
    assertThat(values(topic)).noneMatch(value -> value.startsWith("p1."));

    InProcess.Result skipped =
        exportAll(
            "--input", all, "--topic", topic, "--partition", "key", "--on-bad", "skip", "--again");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(values(topic)).filteredOn(value -> value.startsWith("p0.")).hasSizeGreaterThan(2999);
    assertThat(values(topic)).filteredOn(value -> value.startsWith("p1.")).hasSizeBetween(1, 2999);
  }

  @Test
  void aFileThatIsNoAvroIsNamed() throws Exception {
    write("notes.txt", "not avro\n");
    InProcess.Result result = export();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("notes.txt", "no Avro file");

    InProcess.Result skipped = export("--on-bad", "skip");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(skipped.out()).containsPattern("notes.txt +1 +0 +0 +1\n");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws Exception {
    Path secret = write("secret.txt", "a\n");
    files.setPermission(secret, new FsPermission((short) 0600));
    files.setPermission(folder, new FsPermission((short) 0777));
    InProcess.Result result = somebody(() -> export("--format", "text"));
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("ermission denied", "somebody", "secret.txt");
    assertThat(values(topic)).isEmpty();
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed() throws Exception {
    write("a.txt", "a\n");
    files.setPermission(input, new FsPermission((short) 0700));
    files.setPermission(folder, new FsPermission((short) 0777));
    InProcess.Result result = somebody(() -> export("--format", "text"));
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("ermission denied", "somebody", input.toString());
  }

  @Test
  void aStateThatMayNotBeWrittenIsNamed() throws Exception {
    write("a.txt", "a\n");
    files.setPermission(folder, new FsPermission((short) 0555));
    InProcess.Result result = somebody(() -> export("--format", "text"));
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("ermission denied", "somebody", "--state");
    assertThat(values(topic)).isEmpty();
  }

  private static InProcess.Result somebody(PrivilegedExceptionAction<InProcess.Result> action)
      throws Exception {
    return UserGroupInformation.createRemoteUser("somebody").doAs(action);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void aRecordLargerThanTheBrokerTakesIsNamed(KafkaVersion kafka) throws Exception {
    use(kafka);
    topic = Servers.newTopic("strict");
    kafka().tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "1000000"));
    write("large.txt", "small\n" + "x".repeat(2_000_000) + "\n");
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("large.txt, record 2", "2000000 bytes", topic, "max.message.bytes");
  }

  @Test
  void aSummaryThatCannotBeWrittenIsRefusedBeforeAnythingIsSent() throws Exception {
    write("a.txt", "line\n");
    InProcess.Result result =
        export("--format", "text", "--summary", "/no/such/folder/summary.json");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("/no/such/folder", "--summary", "export.summary");
    assertThat(values(topic)).isEmpty();
  }

  @Test
  void aPartitionThatTheTopicDoesNotHaveIsNamed() throws Exception {
    List<Path> archive = archive(10);
    String narrow = Servers.newTopic("narrow");
    kafka().tools().createTopic(narrow, 1);
    InProcess.Result result =
        exportAll("--input", archive.get(0).getParent().toString(), "--topic", narrow);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("partition 1", narrow, "--partition key");
  }

  @Test
  void inputThatHasChangedStopsTheRun() throws Exception {
    write("a.txt", "k\tv\nno key\n");
    String[] arguments = {"--format", "text", "--key-separator", "\\t", "--export-id", "changed"};
    assertThat(export(arguments).exitCode()).isEqualTo(1);
    files.delete(new Path(input, "a.txt"), false);
    write("a.txt", "k\tv\nl\tw\nm\tx\n");
    InProcess.Result result = export(arguments);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("has changed", "a.txt", "--export-id");
    files.delete(new Path(input, "a.txt"), false);
    assertThat(export(arguments).err()).contains("a.txt is gone");
  }

  @Test
  void exactlyOnceNeedsTransactions() throws Exception {
    use(KafkaVersion.V0_9);
    write("a.txt", "a\n");
    InProcess.Result result = export("--format", "text", "--guarantee", "exactly-once");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--guarantee exactly-once", "at-least-once");
  }

  @Test
  void anOldBrokerDoesNotKnowZstd() throws Exception {
    use(KafkaVersion.V0_9);
    write("a.txt", "a\n");
    InProcess.Result result = export("--format", "text", "--compression", "zstd");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--compression zstd", "Kafka 0.9", "gzip");
    assertThat(values(topic)).isEmpty();
  }

  @Test
  void topicsOfZooKeeperCannotBeCreated() throws Exception {
    use(KafkaVersion.V0_9);
    write("a.txt", "a\n");
    topic = Servers.newTopic("fresh");
    InProcess.Result result = export("--format", "text", "--create-topics", "1:1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--create-topics", "kafka-topics.sh");
  }

  @Test
  void anotherExportUnderTheSameIdIsRefused() throws Exception {
    write("a.txt", "a\n");
    assertThat(export("--format", "text", "--export-id", "mine").exitCode()).isZero();
    InProcess.Result result =
        export("--format", "text", "--export-id", "mine", "--partition", "round-robin");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Export mine is another one", "--export-id");
  }

  @Test
  void noBrokerAnswers() throws Exception {
    write("a.txt", "a\n");
    InProcess.Result result =
        new ExportCommand(Servers.hdfs().configuration())
            .run(
                "--bootstrap-server",
                "127.0.0.1:1",
                "--timeout",
                "1s",
                "--format",
                "text",
                "--input",
                input.toString(),
                "--topic",
                topic,
                "--state",
                folder + "/state");
    assertThat(result.exitCode()).isEqualTo(5);
  }

  @Test
  void wrongSettingsAreNamed() throws Exception {
    assertThat(exportAll("--input", "x").err()).contains("No topic is given");
    assertThat(exportAll("--input", "x", "--topic", "a", "--topic-from-record").err())
        .contains("both given");
    assertThat(exportAll("--input", "x", "--topic", "a", "--partition", "no.such.Class").err())
        .contains("no.such.Class", "-libjars");
    assertThat(exportAll("--input", "x", "--topic", "a", "--max-rate", "fast").err())
        .contains("--max-rate", "50m");
    write("a.txt", "a\n");
    assertThat(export("--format", "text", "-D", "kafka.acks=1").err()).contains("kafka.acks");
  }

  /** Lands a topic of two partitions, a file for each; values are p0.i and p1.i. */
  private List<Path> archive(int records) throws Exception {
    String source = Servers.newTopic("source");
    kafka().tools().createTopic(source, 2);
    for (int partition = 0; partition < 2; partition++) {
      List<TestRecord> sent = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        sent.add(TestRecord.of("k" + i, "p" + partition + "." + i + ".".repeat(900)));
      }
      kafka().tools().send(new PartitionId(source, partition), Codec.NONE, sent);
    }
    Path archive = new Path(folder, "archive");
    String[] arguments = {
      "--bootstrap-server",
      kafka().bootstrapServers(),
      "--topic",
      source,
      "--output",
      archive.toString(),
      "--codec",
      "none"
    };
    Console console = new Console(System.out, System.err, false);
    assertThat(
            io.kafkahdfs.consumer.job.Main.run(arguments, Servers.hdfs().configuration(), console))
        .isZero();
    return Arrays.stream(files.listStatus(new Path(archive, source)))
        .map(FileStatus::getPath)
        .sorted()
        .toList();
  }

  private void cut(Path file, int bytes) throws Exception {
    byte[] all;
    try (InputStream in = files.open(file)) {
      all = in.readAllBytes();
    }
    files.delete(file, false);
    try (var out = files.create(file)) {
      out.write(all, 0, all.length - bytes);
    }
  }
}
