package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitLog;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.example.WithUserMapper;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong input: the exit code, what the message names, and that nothing stays behind. */
class BadInputIT extends LoadFixture {
  @TempDir Path temporary;

  private void refused(InProcess.Result result, int exitCode, String... named) throws Exception {
    assertThat(result.err()).contains(named);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(landed.store().entry(root)).as("nothing stays behind").isEmpty();
  }

  @Test
  void noSuchTopicIsNamedAndNotCreated() throws Exception {
    String missing = Servers.newTopic("missing");
    refused(loadAll("--topic", missing), 2, "no topic " + missing, "--include");
    assertThat(Servers.kafka().tools().topics()).doesNotContain(missing);
  }

  @Test
  void noSuchBrokerIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    InProcess.Result result =
        bare()
            .run(
                "--bootstrap-server",
                "127.0.0.1:" + port,
                "--topic",
                topic,
                "--output",
                root.toString(),
                "--timeout",
                "2s");
    refused(result, 5, "127.0.0.1:" + port);
  }

  @Test
  void aBrokerThatHangsIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      InProcess.Result result =
          bare()
              .run(
                  "--bootstrap-server",
                  "127.0.0.1:" + silent.getLocalPort(),
                  "--topic",
                  topic,
                  "--output",
                  root.toString(),
                  "--timeout",
                  "1s");
      refused(result, 5, "127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void aPortOfSomethingElseThanKafka() throws Exception {
    String nameNode = root.toUri().getAuthority();
    InProcess.Result result =
        bare()
            .run(
                "--bootstrap-server",
                nameNode,
                "--topic",
                topic,
                "--output",
                root.toString(),
                "--timeout",
                "1s");
    refused(result, 5, nameNode, "--bootstrap-server");
  }

  @Test
  void oneServerThatWorksIsEnough() throws Exception {
    send(0, 0, 3);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      InProcess.Result result =
          bare()
              .run(
                  "--bootstrap-server",
                  "127.0.0.1:"
                      + silent.getLocalPort()
                      + ",127.0.0.1:1,"
                      + root.toUri().getAuthority()
                      + ","
                      + bootstrapServers(),
                  "--topic",
                  topic,
                  "--output",
                  root.toString());
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 3));
    }
  }

  @Test
  void optionsThatDoNotExistOrMissTheirValue() throws Exception {
    refused(load("--tpoic", "x"), 2, "--tpoic", "--help");
    refused(load("--maps"), 2, "--maps");
    refused(load("stray"), 2, "stray");
  }

  @Test
  void wrongValuesAreNamedWithWhatIsAllowed() throws Exception {
    refused(load("--max-records", "0"), 2, "\"0\"", "--max-records", "load.max.records", "from 1");
    refused(load("--maps", "many"), 2, "\"many\"", "--maps");
    refused(load("--format", "xml"), 2, "\"xml\"", "avro, json, text, sequence");
    refused(load("--codec", "rar"), 2, "\"rar\"", "snappy");
    refused(load("--format", "sequence", "--codec", "gzip"), 2, "gzip", "sequence", "bzip2");
    refused(load("--start", "yesterday"), 2, "\"yesterday\"", "timestamp:");
    refused(load("--start", "timestamp:noon"), 2, "\"timestamp:noon\"");
    refused(load("--end", "earliest"), 2, "\"earliest\"", "--end", "timestamp:");
    refused(
        load("--start", "timestamp:2026-02-01T00:00Z", "--end", "timestamp:2026-01-31T23:59Z"),
        2,
        "--end timestamp:2026-01-31T23:59:00Z is before --start timestamp:2026-02-01T00:00:00Z");
    refused(load("--max-bad", "half", "--on-bad", "skip"), 2, "\"half\"", "1%");
    refused(load("--max-bad", "5"), 2, "--max-bad 5", "--on-bad skip");
    refused(load("--on-missing", "shrug"), 2, "\"shrug\"", "fail, skip");
    refused(load("--max-bytes", "lots"), 2, "\"lots\"", "64m");
    refused(load("--max-duration", "10"), 2, "\"10\"", "10m");
    refused(load("--include", "("), 2, "\"(\"", "--include");
    refused(load("--fetch-bytes", "8m", "--max-fetch-bytes", "4m"), 2, "--fetch-bytes");
    refused(
        bare().run("--bootstrap-server", "nowhere", "--topic", topic, "--output", root.toString()),
        2,
        "\"nowhere\"",
        "HOST:PORT");
  }

  @Test
  void whatIsRequiredIsAskedFor() throws Exception {
    InProcess.Result result = bare().run();
    refused(result, 2, "--bootstrap-server", "--output");
    refused(loadAll(), 2, "--topic", "--include");
  }

  @Test
  void bothFormsOfASettingAtOnce() throws Exception {
    refused(
        load("-Dload.max.records=5", "--max-records", "6"),
        2,
        "--max-records 6",
        "-Dload.max.records=5");
  }

  @Test
  void settingsThatDoNotExist() throws Exception {
    refused(load("-Dload.max.record=5"), 2, "load.max.record", "load.max.records");
    Path file = Files.writeString(temporary.resolve("p"), "load.formt=text\n");
    refused(load("--config", file.toString()), 2, "load.formt", "load.format", file.toString());
    refused(load("--config", "/no/such/file"), 2, "/no/such/file");
    refused(load("--command-config", "/no/such/file"), 2, "/no/such/file", "--command-config");
  }

  /** Not after all is loaded: who asks for a summary needs it to know what was. */
  @Test
  void aSummaryThatCannotBeWritten() throws Exception {
    send(0, 0, 3);
    Path missing = temporary.resolve("missing");
    refused(
        load("--summary", missing.resolve("s.json").toString()),
        2,
        "--summary",
        "load.summary",
        missing.toString());
    refused(
        load("--summary", temporary.toString()), 2, "--summary", temporary + ": it is a folder");
  }

  @Test
  void mappersThatCannotBe() throws Exception {
    refused(load("--mapper", "com.example.Missing"), 2, "com.example.Missing", "-libjars");
    refused(load("--mapper", "java.lang.String"), 2, "java.lang.String", "Mapper");
  }

  @Test
  void anOutputThatIsAFile() throws Exception {
    Servers.hdfs();
    try (OutputStream out = landed.store().create(root)) {
      out.write(1);
    }
    InProcess.Result result = load();
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains(root.toString()).contains("is a file");
  }

  @Test
  void pathsThatCannotBe() throws Exception {
    for (String output : List.of("/o:c/x", "co:lon", "/../x")) {
      LoadCommand bad =
          new LoadCommand(
              configuration(), "--bootstrap-server", bootstrapServers(), "--output", output);
      refused(bad.run("--topic", topic), 2, output, "--output", "load.output");
      refused(bad.run("plan", "--topic", topic), 2, output, "--output", "load.output");
      LoadCommand upkeep = new LoadCommand(configuration(), "--output", output);
      for (String command : List.of("status", "history", "verify", "recover")) {
        refused(upkeep.run(command), 2, output, "--output");
      }
      refused(upkeep.run("rollback", "--to", "0"), 2, output, "--output");
    }
    String nul = "x\0y";
    refused(load("--summary", nul), 2, "--summary");
    refused(load("--metrics", nul), 2, "--metrics");
    refused(load("--command-config", nul), 2, "--command-config");
    refused(load("--config", nul), 2, "--config");
    refused(load("--start", "offsets:" + nul), 2, "--start");
  }

  @Test
  void aFileWhereATopicsFolderBelongs() throws Exception {
    send(0, 0, 3);
    FileSystem files = root.getFileSystem(configuration());
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(root, topic);
    files.create(place).close();
    for (String command : List.of("plan", "load")) {
      InProcess.Result result = load(command);
      assertThat(result.err()).contains(place.toString(), "folder of the topic", "--exclude");
      assertThat(result.exitCode()).isEqualTo(6);
      assertThat(landed.store().list(root)).as("nothing is written").hasSize(1);
    }
    files.delete(place, false);
    assertThat(load().exitCode()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 3));
  }

  @Test
  void anOutputThatIsNotWritable() throws Exception {
    send(0, 0, 3);
    FileSystem files = root.getFileSystem(Servers.hdfs().configuration());
    files.setPermission(root.getParent(), new FsPermission((short) 0555));
    UserGroupInformation somebody = UserGroupInformation.createRemoteUser("somebody");
    InProcess.Result result =
        somebody.doAs((java.security.PrivilegedExceptionAction<InProcess.Result>) this::load);
    refused(result, 6, "ermission denied", "somebody");
  }

  @Test
  void anOutputOnAFileSystemThatCannotCommit() throws Exception {
    InProcess.Result result =
        bare()
            .run(
                "--bootstrap-server",
                Servers.kafka().bootstrapServers(),
                "--topic",
                topic,
                "--output",
                "s3a://bucket/path");
    refused(result, 6, "s3a://", "rename", "hdfs://");
  }

  @Test
  void aNameNodeThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    InProcess.Result result =
        bare()
            .run(
                "-D",
                "ipc.client.connect.max.retries=0",
                "--bootstrap-server",
                Servers.kafka().bootstrapServers(),
                "--topic",
                topic,
                "--output",
                "hdfs://127.0.0.1:" + port + "/out");
    refused(result, 6, "127.0.0.1:" + port);
  }

  @Test
  void aNameNodeWhoseHostIsNotKnown() throws Exception {
    InProcess.Result result =
        bare()
            .run(
                "--bootstrap-server",
                Servers.kafka().bootstrapServers(),
                "--topic",
                topic,
                "--output",
                "hdfs://no-such-host.invalid/out");
    refused(result, 6, "hdfs://no-such-host.invalid/out", "UnknownHost");
  }

  @Test
  void filesOfHadoopsOptionsThatDoNotExist() throws Exception {
    send(0, 0, 3);
    refused(load("-libjars", "/no/such.jar"), 2, "/no/such.jar", "Hadoop's own options");
    refused(load("-conf", "/no/such.xml"), 2, "/no/such.xml", "Hadoop's own options");
  }

  @Test
  void anOutputOfAnotherLoad() throws Exception {
    send(0, 0, 3);
    load();
    InProcess.Result otherFormat = load("--format", "text");
    assertThat(otherFormat.exitCode()).isEqualTo(2);
    assertThat(otherFormat.err()).contains("belongs to another load", "--format text");
    InProcess.Result otherTopic = loadAll("--include", ".*");
    assertThat(otherTopic.exitCode()).isEqualTo(2);
    assertThat(otherTopic.err()).contains("belongs to another load", "--topic " + topic);
    assertThat(landed.commit().number()).isEqualTo(1);
  }

  @Test
  void aTopicThatWasMadeAnew() throws Exception {
    send(0, 0, 10);
    load();
    // A checkpoint that this topic, had it been made anew, would not have reached yet.
    Commit last = landed.commit();
    RunFolder run = landed.state().run("by-hand");
    run.create(landed.store());
    new CommitLog(landed.store(), landed.state()).commit(ahead(last), run);
    new CommitStore(landed.store(), landed.state()).markPublished(2);

    InProcess.Result result = load();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(topic + "-0 ends at 10 and was read to 1010", "--output");
    assertThat(landed.commit().number()).isEqualTo(2);
  }

  private static Commit ahead(Commit commit) {
    return new Commit(
        commit.version(),
        commit.number() + 1,
        "by-hand",
        commit.user(),
        commit.host(),
        commit.started(),
        commit.committed(),
        commit.bootstrapServers(),
        commit.cluster(),
        commit.load(),
        null,
        List.of(),
        List.of(),
        commit.next().stream()
            .map(
                next ->
                    new Commit.Next(
                        next.topic(),
                        next.partition(),
                        next.offset() + 1000,
                        next.end(),
                        next.bytesPerRecord(),
                        null))
            .toList(),
        List.of(),
        null,
        commit.begun(),
        null,
        null);
  }

  @Test
  void aValueWithALineBreakInATextFile() throws Exception {
    Servers.kafka()
        .tools()
        .send(partition(0), TestRecord.of("k", "good"), TestRecord.of("k", "two\nlines"));
    InProcess.Result result = load("--format", "text");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(topic + "-0@1", "--newlines", "--on-bad");
    assertThat(landed.files(topic)).isEmpty();
    assertThat(landed.store().list(landed.state().staging())).isEmpty();

    load("--format", "text", "--newlines", "escape");
    assertThat(landed.lines(topic)).containsExactly("good", "two\\nlines");
    prepareAgainWithLineBreak();
    load("--format", "text", "--newlines", "keep");
    assertThat(landed.lines(topic)).containsExactly("two", "lines");
  }

  @Test
  void whatATextFileCannotHoldIsPutAside() throws Exception {
    Servers.kafka()
        .tools()
        .send(
            partition(0),
            TestRecord.of("k", "good"),
            TestRecord.of("k1", "two\nlines"),
            TestRecord.of("k", "fine"));
    Servers.kafka().tools().send(partition(1), TestRecord.of("k2", "a\r"));
    InProcess.Result tooMany = load("--format", "text", "--on-bad", "quarantine", "--max-bad", "1");
    assertThat(tooMany.exitCode()).isEqualTo(1);
    assertThat(tooMany.err())
        .contains("2 of 4 records are bad", "--max-bad is 1", topic + "-0@1 has a line feed");
    assertThat(landed.names()).containsExactly("_kafka_to_hdfs");
    assertThat(landed.store().list(landed.state().staging())).isEmpty();

    InProcess.Result result =
        load("--format", "text", "--on-bad", "quarantine", "--max-bad", "50%");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Bad: 2, put aside as 2 records in 2 files of " + root + "/_quarantine");
    assertThat(landed.lines(topic)).containsExactly("good", "fine");
    assertThat(landed.avro("_quarantine/" + topic))
        .containsExactly(new Row(0, 1, "k1", "two\nlines"), new Row(1, 0, "k2", "a\r"));
    assertThat(landed.commit().partitions())
        .extracting(Commit.Partition::tally, Commit.Partition::held)
        .containsExactly(
            tuple(new OffsetTally(2, 0, 1, 0, 0), 1L), tuple(new OffsetTally(0, 0, 1, 0, 0), 1L));

    LoadCommand upkeep = new LoadCommand(configuration(), "--output", root.toString());
    assertThat(upkeep.run("cat").out()).doesNotContain("@").contains("good", "fine");
    assertThat(upkeep.run("cat", "--quarantine", "--partition", "0").out())
        .containsPattern(topic + "-0@1\t.*\tk1\ttwo\\\\u000alines\thas a line feed at byte 3 ")
        .doesNotContain("k2");
    assertThat(upkeep.run("cat", "--quarantine", "--json").out())
        .contains(
            "kafka-to-hdfs.reason",
            "kafka-to-hdfs.exception",
            "io.kafkahdfs.format.spi.UnwritableRecordException",
            landed.commit().run(),
            "{\"key\":\"kafka-to-hdfs.commit\",\"value\":\"1\"}");
    assertThat(upkeep.run("status").out()).contains("2 records in 1 files", "2 bad records");
    assertThat(upkeep.run("history").out()).contains("2 in quarantine");
    InProcess.Result verified = upkeep.run("verify", "--deep");
    assertThat(verified.exitCode()).as(verified.out()).isZero();
    org.apache.hadoop.fs.Path held = landed.files("_quarantine/" + topic).get(0).path();
    root.getFileSystem(configuration()).rename(held, held.suffix(".moved"));
    assertThat(upkeep.run("verify").out())
        .containsPattern("missing +1 +_quarantine/" + topic + "/" + topic + "-0-.*.avro ")
        .containsPattern("foreign +- +_quarantine/" + topic + "/" + topic + "-0-.*.avro.moved ");
    root.getFileSystem(configuration()).rename(held.suffix(".moved"), held);

    assertThat(upkeep.run("rollback", "--to", "0").out())
        .contains("3 files into the trash", "2 files of bad records are among those in the trash");
    assertThat(landed.files("_quarantine/" + topic)).isEmpty();
    assertThat(upkeep.run("rollback", "--purge").out())
        .contains("2 files of bad records were removed for good");
  }

  @Test
  void whatAMapperRejectsIsLeftOutOrPutAside() throws Exception {
    Servers.kafka()
        .tools()
        .send(partition(0), TestRecord.of("user-1", "good"), TestRecord.of("nobody", "bad"));
    String[] mapper = {"--mapper", WithUserMapper.class.getName()};
    InProcess.Result failed = load(mapper);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains(topic + "-0@1", "rejected by the mapper: its key is no user", "--on-bad");

    InProcess.Result result = load("--on-bad", "quarantine", mapper[0], mapper[1]);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.avro(topic)).containsExactly(new Row(0, 0, "user-1", "good"));
    assertThat(landed.avro("_quarantine/" + topic)).containsExactly(new Row(0, 1, "nobody", "bad"));
    assertThat(landed.commit().partitions().get(0).tally())
        .isEqualTo(new OffsetTally(1, 0, 1, 0, 0));
  }

  private void prepareAgainWithLineBreak() throws Exception {
    prepare();
    Servers.kafka().tools().send(partition(0), TestRecord.of("k", "two\nlines"));
  }

  @Test
  void aMapperThatMovesRecords() throws Exception {
    send(0, 0, 10);
    InProcess.Result result = load("--mapper", MovingMapper.class.getName());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("mapper must keep a record's place");
    assertThat(landed.files(topic)).isEmpty();
  }

  /** Writes every record to the first offset. */
  public static class MovingMapper
      extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
    @Override
    protected void map(LongWritable offset, KafkaRecordWritable record, Context context)
        throws IOException, InterruptedException {
      record.setPosition(record.partition(), 9 - record.offset());
      context.write(offset, record);
    }
  }

  @Test
  void aTopicWhoseFolderNobodyWouldSee() throws Exception {
    String hidden = "_" + Servers.newTopic("hidden");
    Servers.kafka().tools().createTopic(hidden, 1);
    refused(loadAll("--topic", hidden), 2, hidden, "--exclude");
  }

  @Test
  void theHelpAndTheVersionNeedNothing() throws Exception {
    InProcess.Result help = bare().run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--bootstrap-server", "--max-duration", "Exit codes: 0");
    InProcess.Result version = bare().run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("kafka-to-hdfs ");
    assertThat(List.of(help.err(), version.err())).containsOnly("");
  }

  @Test
  void aLayoutByTimeIsRefusedWhereRecordsHaveNone() throws Exception {
    send(0, 0, 3);
    InProcess.Result refused = load("--layout", "hourly");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--layout hourly", "Kafka 0.9", "--time run");
    assertThat(load("--layout", "hourly", "--time", "run").exitCode()).isZero();
  }
}
