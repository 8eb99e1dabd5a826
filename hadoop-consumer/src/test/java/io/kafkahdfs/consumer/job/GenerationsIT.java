package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same command lands the same records from every Kafka, and is not told which one it is. */
class GenerationsIT {
  private static final PartitionId FIRST = new PartitionId("events", 0);
  private static final PartitionId SECOND = new PartitionId("events", 1);

  @TempDir Path temporary;

  private final org.apache.hadoop.fs.Path root =
      new org.apache.hadoop.fs.Path(Servers.hdfs().newFolder(), "out");

  private InProcess.Result load(String servers, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--bootstrap-server", servers, "--topic", "events"));
    return new LoadCommand(Servers.hdfs().configuration(), "--output", root.toString())
        .run(arguments.toArray(String[]::new));
  }

  private Landed landed() throws Exception {
    return new Landed(Servers.hdfs().configuration(), root);
  }

  private static void fill(TestKafka kafka) throws Exception {
    kafka.tools().createTopic("events", 2);
    send(kafka, 0, 50);
  }

  private static void send(TestKafka kafka, int from, int until) throws Exception {
    for (PartitionId partition : List.of(FIRST, SECOND)) {
      List<TestRecord> records = new ArrayList<>();
      for (int i = from; i < until; i++) {
        records.add(TestRecord.of(i % 7 == 0 ? null : "k" + i, i % 5 == 0 ? null : "Größe " + i));
      }
      kafka.tools().send(partition, io.kafkahdfs.testkit.kafka.Codec.GZIP, records);
    }
  }

  private static List<Row> rows(int until) {
    List<Row> rows = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      for (int i = 0; i < until; i++) {
        rows.add(
            new Row(
                partition, i, i % 7 == 0 ? "null" : "k" + i, i % 5 == 0 ? "null" : "Größe " + i));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(KafkaVersion.class)
  void lands(KafkaVersion version) throws Exception {
    try (TestKafka kafka = TestKafka.start(version)) {
      fill(kafka);
      InProcess.Result first = load(kafka.bootstrapServers());
      assertThat(first.exitCode()).as(first.err()).isZero();
      send(kafka, 50, 80);
      InProcess.Result second = load(kafka.bootstrapServers(), "--maps", "3");
      assertThat(second.exitCode()).as(second.err()).isZero();

      assertThat(landed().avro("events")).isEqualTo(rows(80));
      Commit commit = landed().commit();
      assertThat(commit.cluster().generation())
          .isEqualTo(
              version.compareTo(KafkaVersion.V0_9) <= 0 ? Generation.LEGACY : Generation.MODERN);
      assertThat(commit.cluster().clusterId() != null)
          .isEqualTo(kafka.tools().capabilities().contains(Capability.CLUSTER_ID));
      assertThat(commit.cluster().topicIds().containsKey("events"))
          .isEqualTo(kafka.tools().capabilities().contains(Capability.TOPIC_IDS));
    }
  }

  @Test
  void aModernClusterIsKnownByItsId() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      fill(kafka);
      load(kafka.bootstrapServers(), "--group", "nightly-load");
      assertThat(kafka.tools().groupOffsets("nightly-load"))
          .isEqualTo(Map.of(FIRST, 50L, SECOND, 50L));

      InProcess.Result forced = load(kafka.bootstrapServers(), "--kafka-generation", "legacy");
      assertThat(forced.exitCode()).isEqualTo(2);
      assertThat(forced.err()).contains("--kafka-generation legacy cannot work");

      kafka.tools().deleteTopic("events");
      fill(kafka);
      send(kafka, 50, 90);
      InProcess.Result anew = load(kafka.bootstrapServers());
      assertThat(anew.exitCode()).isEqualTo(2);
      assertThat(anew.err()).contains("created again", "events (id ", "--output");
      assertThat(landed().avro("events")).isEqualTo(rows(50));
    }
    try (TestKafka other = TestKafka.start(KafkaVersion.V4_4)) {
      fill(other);
      InProcess.Result elsewhere = load(other.bootstrapServers());
      assertThat(elsewhere.exitCode()).isEqualTo(2);
      assertThat(elsewhere.err()).contains("belong to the cluster", "--bootstrap-server");
    }
  }

  @Test
  void recordsThatTookThePlacesOfLostOnesAreFound() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      fill(kafka);
      assertThat(load(kafka.bootstrapServers()).exitCode()).isZero();
      RecordFingerprint last = landed().commit().next().get(0).fingerprint();
      assertThat(last.offset()).isEqualTo(49);
      assertThat(last.timestamp()).isPositive();
      assertThat(last.leaderEpoch()).isNotNegative();

      loseAll(kafka, FIRST);
      send(kafka, 50, 130);
      InProcess.Result lost = load(kafka.bootstrapServers());
      assertThat(lost.exitCode()).isEqualTo(1);
      assertThat(lost.err())
          .contains("events-0 at offset 49 (was " + last, "unclean leader election")
          .contains("set-offsets --offset events:0:50")
          .doesNotContain("events-1");
      assertThat(landed().avro("events")).isEqualTo(rows(50));
    }
  }

  /** As when a disk without replicas was replaced: the topic is the same, its records are gone. */
  private static void loseAll(TestKafka kafka, PartitionId partition) throws Exception {
    kafka.broker(0).stop();
    try (Stream<Path> files = Files.list(kafka.broker(0).data().resolve(partition.toString()))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(kafka.broker(0).data().resolve(partition.toString()));
    kafka.broker(0).start();
  }

  @Test
  void whatAnOldClusterCannotDoIsRefused() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V0_9)) {
      fill(kafka);
      InProcess.Result group = load(kafka.bootstrapServers(), "--group", "g");
      assertThat(group.exitCode()).isEqualTo(2);
      assertThat(group.err()).contains("--group g");
      InProcess.Result forced = load(kafka.bootstrapServers(), "--kafka-generation", "modern");
      assertThat(forced.exitCode()).isEqualTo(2);
      assertThat(forced.err()).contains("--kafka-generation modern cannot work");
      assertThat(landed().store().entry(root)).isEmpty();
    }
  }

  @Test
  void transactionsLandWhenTheyAreCommitted() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      kafka.tools().createTopic("events", 1);
      kafka.tools().beginTransaction(FIRST, List.of(TestRecord.of("a", "committed"))).commit();
      kafka.tools().beginTransaction(FIRST, List.of(TestRecord.of("b", "aborted"))).abort();
      var open = kafka.tools().beginTransaction(FIRST, List.of(TestRecord.of("c", "open")));
      kafka.tools().beginTransaction(FIRST, List.of(TestRecord.of("d", "behind it"))).commit();

      InProcess.Result refused = load(kafka.bootstrapServers(), "--on-undecided", "fail");
      assertThat(refused.exitCode()).isEqualTo(7);
      assertThat(refused.err()).contains("3 offsets of events-0 from 4 on", "find-hanging");
      assertThat(landed().store().entry(root)).as("nothing was written").isEmpty();
      InProcess.Result planned = load(kafka.bootstrapServers(), "--dry-run");
      assertThat(planned.out()).contains("Undecided: events-0 [4, 7), first seen ");

      InProcess.Result first = load(kafka.bootstrapServers());
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(first.err())
          .contains("WARNING: ", "3 offsets of events-0 from 4 on", "kafka-transactions.sh")
          .contains("find-hanging --topic events --partition 0");
      assertThat(landed().avro("events")).extracting(Row::value).containsExactly("committed");
      Commit.Partition partition = landed().commit().partitions().get(0);
      assertThat(partition.until()).isEqualTo(4);
      assertThat(partition.tally().invisible()).isEqualTo(3);

      assertIsToldOf(kafka, landed().commit().started());

      open.commit();
      load(kafka.bootstrapServers());
      assertThat(landed().avro("events"))
          .extracting(Row::value)
          .containsExactly("committed", "open", "behind it");
      assertThat(landed().next()).isEqualTo(Map.of(FIRST, 8L));
      assertThat(landed().commit().next().get(0).undecidedSince()).isNull();
    }
  }

  /** Nothing is new, and everything that is said of the load says that three are undecided. */
  private void assertIsToldOf(TestKafka kafka, String since) throws Exception {
    Path metrics = temporary.resolve("load.prom");
    Path summary = temporary.resolve("summary.json");
    InProcess.Result again =
        load(
            kafka.bootstrapServers(),
            "--metrics",
            metrics.toString(),
            "--summary",
            summary.toString());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("Nothing to do", "3 offsets are written and undecided");
    assertThat(again.err()).contains("first seen " + since);
    assertThat(landed().commit().number()).isEqualTo(1);
    assertThat(Files.readString(metrics))
        .contains("lag_offsets{name=\"load\",partition=\"0\",topic=\"events\"} 0.0")
        .contains("undecided_offsets{name=\"load\",partition=\"0\",topic=\"events\"} 3.0")
        .contains("kafka_to_hdfs_undecided_since_seconds{");
    JsonNode next = new ObjectMapper().readTree(summary.toFile()).get("next").get(0);
    assertThat(next.get("end").asLong()).isEqualTo(4);
    assertThat(next.get("highWatermark").asLong()).isEqualTo(7);
    assertThat(next.get("undecided").asLong()).isEqualTo(3);
    assertThat(next.get("undecidedSince").asText()).isEqualTo(since);

    LoadCommand command = new LoadCommand(Servers.hdfs().configuration());
    InProcess.Result status = command.run("status", "--output", root.toString());
    assertThat(status.out()).contains("Undecided:    events-0 [4, 7), first seen " + since);
    JsonNode partition =
        new ObjectMapper()
            .readTree(command.run("status", "--output", root.toString(), "--json").out())
            .get("partitions")
            .get(0);
    assertThat(partition.get("lag").asLong()).isZero();
    assertThat(partition.get("undecided").asLong()).isEqualTo(3);
    Path page = temporary.resolve("report.html");
    command.run("report", "--output", root.toString(), "--html", page.toString());
    assertThat(Files.readString(page))
        .contains("{\"topic\":\"events\",\"partition\":0,\"from\":4,\"until\":7,");
  }

  @Test
  void aPatternDoesNotMeanKafkasOwnTopics() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      fill(kafka);
      LoadCommand all =
          new LoadCommand(
              Servers.hdfs().configuration(), "--bootstrap-server", kafka.bootstrapServers());
      String output = root + "-all";
      // That it publishes its offsets makes the brokers create the topic for them.
      String[] any = {"--include", ".*", "--output", output, "--group", "g"};
      assertThat(all.run(any).exitCode()).isZero();
      assertThat(all.run(any).exitCode()).isZero();
      Landed landed =
          new Landed(Servers.hdfs().configuration(), new org.apache.hadoop.fs.Path(output));
      assertThat(landed.names()).containsExactlyInAnyOrder("_kafka_to_hdfs", "events");
      assertThat(all.run("plan", "--include", ".*", "--output", output).out())
          .contains("Left out, since they are Kafka's own: __consumer_offsets");
      InProcess.Result named =
          all.run("--topic", "__consumer_offsets", "--output", root + "-named");
      assertThat(named.exitCode()).isEqualTo(2);
      assertThat(named.err()).contains("Cannot load __consumer_offsets");
    }
  }
}
