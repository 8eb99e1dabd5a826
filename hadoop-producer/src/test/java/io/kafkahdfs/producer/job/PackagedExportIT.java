package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.Gate;
import io.kafkahdfs.testkit.hadoop.HadoopDaemons;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.SecuredKafka;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users run, with {@code hadoop jar}, on a YARN of real daemons. */
class PackagedExportIT extends ExportFixture {
  private static final java.nio.file.Path JAR =
      java.nio.file.Path.of("target", "hdfs-to-kafka.jar");
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private static final String SECRET = "hunter2";
  private static final String[] SECRETS = {
    "-Dkafka.ssl.truststore.password=" + SECRET,
    "-Dkafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"u\" password=\""
        + SECRET
        + "\";"
  };

  private static HadoopDaemons hadoop;
  private static int folders;

  @BeforeAll
  static void startHadoop() {
    hadoop = HadoopDaemons.start();
  }

  @AfterAll
  static void stopHadoop() {
    hadoop.close();
  }

  @Override
  @BeforeEach
  void prepare() throws java.io.IOException {
    folder = new Path(hadoop.root(), "test-" + folders++);
    input = new Path(folder, "in");
    files = FileSystem.get(hadoop.uri(), hadoop.configuration());
    files.mkdirs(input);
  }

  @TempDir java.nio.file.Path temporary;

  private String[] arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--bootstrap-server", kafka().bootstrapServers(),
            "--input", input.toString(),
            "--topic", topic,
            "--format", "text",
            "--state", new Path(folder, "state").toString()));
    return arguments.toArray(String[]::new);
  }

  @Test
  void theJarSendsToOldAndNewBrokers() throws Exception {
    write("a.txt", text(lines("a", 0, 500)));
    write("b.txt", text(lines("b", 0, 500)));
    for (KafkaVersion version : List.of(KafkaVersion.V4_4, KafkaVersion.V0_9)) {
      use(version);
      CommandResult result =
          hadoop.hadoopJar(JAR, arguments("--maps", "2", "--compression", "lz4"));
      assertThat(result.exitCode()).as(result.stderr()).isZero();
      assertThat(result.stdout()).contains("1,000 records");
      assertThat(values(topic))
          .hasSize(1000)
          .containsAll(lines("a", 0, 500))
          .containsAll(lines("b", 0, 500));
      assertThat(hadoop.hadoopJar(JAR, arguments("--maps", "2", "--compression", "lz4")).stdout())
          .contains("Already exported");
    }
  }

  /** Not with the local job runner: it may start a task before it has its credentials. */
  @Test
  void theJarSendsThroughTlsAsAUser() throws Exception {
    write("a.txt", text(lines("a", 0, 100)));
    try (SecuredKafka secured = SecuredKafka.start()) {
      topic = Servers.newTopic("target");
      secured.plain().tools().createTopic(topic, 1);
      List<String> arguments = new ArrayList<>(List.of("-Dkafka.security.protocol=SASL_SSL"));
      Map<String, String> client = new HashMap<>(secured.trust());
      client.putAll(SecuredKafka.user(SecuredKafka.USER, SecuredKafka.PASSWORD));
      client.forEach((name, value) -> arguments.add("-Dkafka." + name + "=" + value));
      arguments.addAll(
          List.of(
              "--bootstrap-server", secured.address(SecuredKafka.Listener.SASL_SSL),
              "--input", input.toString(),
              "--topic", topic,
              "--format", "text",
              "--state", new Path(folder, "state").toString()));
      CommandResult result = hadoop.hadoopJar(JAR, arguments.toArray(String[]::new));
      assertThat(result.exitCode()).as(result.stderr()).isZero();
      assertThat(result.stdout()).contains("exactly once", "100 records");
      assertThat(secured.plain().tools().offsets(new PartitionId(topic, 0))).hasSize(100);
    }
  }

  @Test
  void aTaskThatIsKilledInATransactionIsDoneAgain() throws Exception {
    use(KafkaVersion.V4_4);
    write("a.txt", text(lines("line", 0, 300)));
    Gate gate = new Gate(files, new Path(folder, "gate"), temporary);
    List<String> arguments = new ArrayList<>(gate.arguments(120));
    arguments.addAll(List.of(SECRETS));
    arguments.addAll(List.of(arguments("--commit-records", "50")));
    RunningCommand driver = hadoop.startHadoopJar(JAR, arguments, Map.of());
    String attempt = gate.awaitAttempts(driver, 1).get(0);
    // Two transactions, which are seen a moment later, and the third one is open.
    await().atMost(LONGEST).untilAsserted(() -> assertThat(values(topic)).hasSize(100));
    hadoop.killContainer("YarnChild", attempt);
    gate.open();

    CommandResult result = driver.await(LONGEST);
    assertThat(result.exitCode()).as(result.stderr() + hadoop.containerLogs()).isZero();
    assertThat(gate.awaitAttempts(driver, 3)).hasSize(3).contains(attempt, "open");
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(lines("line", 0, 300));
    assertThat(result.stdout() + result.stderr() + hadoop.containerLogs()).doesNotContain(SECRET);
    holdsNoSecret();
  }

  /** Neither the job's configuration, which the history server keeps, nor the export's state. */
  private void holdsNoSecret() throws Exception {
    boolean sawConfiguration = false;
    RemoteIterator<LocatedFileStatus> all = files.listFiles(hadoop.root(), true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      String content;
      try (InputStream in = files.open(file)) {
        content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
      assertThat(content).as(file.toString()).doesNotContain(SECRET);
      sawConfiguration |= file.getName().endsWith("_conf.xml") && content.contains(topic);
    }
    assertThat(sawConfiguration).isTrue();
  }

  @Test
  void aDriverThatIsKilledLeavesNothingTwiceAndNothingOut() throws Exception {
    use(KafkaVersion.V4_4);
    write("slow.txt", text(lines("line", 0, 3000)));
    RunningCommand driver = startSlowly();
    driver.kill();
    assertThat(values(topic)).hasSizeLessThan(3000);

    assertThat(resumes().stderr()).contains("of an earlier run still runs. Ending it");
  }

  /** Starts an export that takes half a minute, and waits until a part of it is seen. */
  private RunningCommand startSlowly() throws Exception {
    String[] slowly = arguments("--max-rate", "100r", "--commit-records", "50");
    RunningCommand driver = hadoop.startHadoopJar(JAR, List.of(slowly), Map.of());
    await()
        .atMost(LONGEST)
        .failFast(() -> assertThat(driver.isAlive()).as(driver::stderr).isTrue())
        .untilAsserted(() -> assertThat(values(topic)).as(driver::stderr).isNotEmpty());
    return driver;
  }

  @Test
  void aDriverThatIsStoppedEndsItsJobAndGivesTheLockBack() throws Exception {
    use(KafkaVersion.V4_4);
    write("slow.txt", text(lines("line", 0, 3000)));
    RunningCommand driver = startSlowly();
    driver.terminate();
    CommandResult stopped = driver.await(LONGEST);
    assertThat(stopped.exitCode()).as(stopped.stderr()).isEqualTo(143);
    assertThat(stopped.stderr()).contains("ERROR: Stopped by a signal. Run it again");
    assertThat(values(topic)).hasSizeLessThan(3000);
    RemoteIterator<LocatedFileStatus> state = files.listFiles(new Path(folder, "state"), true);
    while (state.hasNext()) {
      assertThat(state.next().getPath().getName()).isNotIn("lock.json", "job.json");
    }

    assertThat(resumes().stderr()).doesNotContain("of an earlier run still runs");
  }

  private CommandResult resumes() throws Exception {
    CommandResult result = hadoop.hadoopJar(JAR, arguments("--commit-records", "50"));
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stdout()).contains("Resuming export");
    assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(lines("line", 0, 3000));
    return result;
  }
}
