package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports that failed on the way and are run again, on targets that changed meanwhile. */
class ResumedExportIT extends ExportFixture {
  private static final String[] KEYED = {
    "--format", "text", "--key-separator", "\\t", "--commit-records", "7", "--export-id", "resumed"
  };

  /** Sends some lines of a file, and fails at one that has no key. */
  private List<String> failOnce() throws Exception {
    List<String> lines = new ArrayList<>(lines("k\t", 0, 50));
    lines.add(30, "no key");
    write("a.txt", text(lines));
    InProcess.Result failed = export(KEYED);
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    assertThat(values(topic)).hasSizeBetween(1, 30);
    return lines("", 0, 50);
  }

  private InProcess.Result resume(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(KEYED));
    arguments.addAll(List.of("--on-bad", "skip"));
    arguments.addAll(List.of(more));
    return export(arguments.toArray(String[]::new));
  }

  private void forgetProgress(String id) throws Exception {
    try (KafkaTarget target =
        KafkaClusters.target(
            new ClusterSettings(
                List.of(kafka().bootstrapServers()), Duration.ofSeconds(60), Map.of()),
            Optional.empty())) {
      target.transactions().orElseThrow().deleteProgress(Set.of(id));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_8", "V4_4"})
  void progressThatKafkaForgotIsReadBack(KafkaVersion version) throws Exception {
    use(version);
    List<String> wanted = failOnce();
    String id = plan("resumed").transactionalId(0);
    assertThat(kafka().tools().groupOffsets(id)).isNotEmpty();
    forgetProgress(id);
    assertThat(kafka().tools().groupOffsets(id)).isEmpty();
    InProcess.Result result = resume();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("exactly once");
    assertThat(values(topic)).containsExactlyElementsOf(wanted);
  }

  @Test
  void progressThatCannotBeReadBackIsNotTakenForNone() throws Exception {
    use(KafkaVersion.V4_4);
    failOnce();
    forgetProgress(plan("resumed").transactionalId(0));
    for (int partition = 0; partition < 2; partition++) {
      var id = new io.kafkahdfs.offset.PartitionId(topic, partition);
      List<Long> offsets = kafka().tools().offsets(id);
      if (!offsets.isEmpty()) {
        kafka().tools().deleteRecords(id, offsets.get(offsets.size() - 1) + 1);
      }
    }
    InProcess.Result result = resume();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("Kafka has forgotten how far it came", "Nothing was sent", "--export-id");
    assertThat(values(topic)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V2_8", "V4_4"})
  void aTopicThatWasMadeAnewIsNotSentTheRest(KafkaVersion version) throws Exception {
    use(version);
    write("b.txt", text(lines("k\tb", 0, 500)));
    List<String> lines = new ArrayList<>(lines("k\t", 0, 50));
    lines.add(30, "no key");
    write("a.txt", text(lines));
    List<String> two = new ArrayList<>(List.of(KEYED));
    two.addAll(List.of("--maps", "2"));
    InProcess.Result failed = export(two.toArray(String[]::new));
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    kafka().tools().deleteTopic(topic);
    InProcess.Result gone = resume("--create-topics", "2:1");
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("cannot be resumed", topic + " was deleted", "--export-id");
    kafka().tools().createTopic(topic, 2);
    InProcess.Result anew = resume();
    assertThat(anew.exitCode()).isEqualTo(2);
    assertThat(anew.err()).contains("cannot be resumed", "made anew", "--export-id");
    assertThat(values(topic)).isEmpty();
  }

  @Test
  void anotherClusterBehindTheSameAddressIsNotSentTheRest() throws Exception {
    use(KafkaVersion.V4_4);
    failOnce();
    String other = topic;
    // The state knows the servers by name only: a plan for one that now means another cluster.
    org.apache.hadoop.fs.Path plan =
        new org.apache.hadoop.fs.Path(folder, "state/resumed/plan.json");
    String address = kafka().bootstrapServers();
    version = KafkaVersion.V2_8;
    kafka().tools().createTopic(other, 2);
    InProcess.Result result = resume();
    assertThat(files.exists(plan)).isTrue();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("the cluster is", "--bootstrap-server")
        .doesNotContain(address);
    assertThat(values(other)).isEmpty();
  }

  @Test
  void manySmallFilesThatAMapperFiltersAreSent() throws Exception {
    use(KafkaVersion.V4_4);
    for (int i = 0; i < 1000; i++) {
      write("f%04d.txt".formatted(i), "x" + i + "\ny" + i + "\nz" + i + "\n");
    }
    InProcess.Result result =
        export("--format", "text", "--maps", "1", "--mapper", DroppingMapper.class.getName());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).hasSize(2000);
  }

  @Test
  void transactionsThatWouldTimeOutAreRefusedAtTheStart() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", "a\n");
    InProcess.Result slow = export("-Dkafka.transaction.timeout.ms=5000", "--format", "text");
    assertThat(slow.exitCode()).isEqualTo(2);
    assertThat(slow.err())
        .contains("--commit-interval 10000ms", "kafka.transaction.timeout.ms=5000");
    InProcess.Result large = export("-Dkafka.transaction.timeout.ms=900001", "--format", "text");
    assertThat(large.exitCode()).isEqualTo(2);
    assertThat(large.err()).contains("transaction.max.timeout.ms=900000");
    assertThat(values(topic)).isEmpty();
    assertThat(
            export(
                    "-Dkafka.transaction.timeout.ms=5000",
                    "--commit-interval",
                    "1s",
                    "--format",
                    "text")
                .exitCode())
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void againBeginsOnceForEachReceipt(KafkaVersion kafka) throws Exception {
    use(kafka);
    write("b.txt", text(lines("k\tb", 0, 20)));
    assertThat(export(KEYED).exitCode()).isZero();
    files.delete(new org.apache.hadoop.fs.Path(input, "b.txt"), false);
    List<String> lines = new ArrayList<>(lines("k\t", 0, 50));
    lines.add(30, "no key");
    write("a.txt", text(lines));
    List<String> again = new ArrayList<>(List.of(KEYED));
    again.add("--again");
    for (int i = 0; i < 3; i++) {
      assertThat(export(again.toArray(String[]::new)).exitCode()).isEqualTo(1);
    }
    InProcess.Result done = resume("--again");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out()).contains("Resuming export");
    assertThat(values(topic)).hasSize(70);
    InProcess.Result once = resume("--again");
    assertThat(once.exitCode()).as(once.err()).isZero();
    assertThat(values(topic)).hasSize(120);
  }

  @Test
  void statesOfTheirOwnHaveIdsThatCannotMeet() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", "a\n");
    assertThat(export("--format", "text", "--export-id", "same").exitCode()).isZero();
    String mine = plan("same").transactionalId(0);
    folder = Servers.hdfs().newFolder();
    assertThat(export("--format", "text", "--export-id", "same").exitCode()).isZero();
    assertThat(plan("same").transactionalId(0)).startsWith("same-").isNotEqualTo(mine);
  }
}
