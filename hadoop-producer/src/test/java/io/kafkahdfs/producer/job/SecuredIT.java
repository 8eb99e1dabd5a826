package io.kafkahdfs.producer.job;

import static io.kafkahdfs.testkit.kafka.SecuredKafka.PASSWORD;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.STRANGER;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.SecuredKafka;
import io.kafkahdfs.testkit.kafka.SecuredKafka.Listener;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of an export where client and broker disagree about TLS and SASL. */
class SecuredIT extends ExportFixture {
  private static SecuredKafka secured;

  @BeforeAll
  static void startKafka() throws IOException {
    secured = SecuredKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    secured.close();
  }

  @BeforeEach
  void createTopicAndInput() throws IOException {
    topic = Servers.newTopic("target");
    kafka().tools().createTopic(topic, 2);
    write("lines.txt", text(lines("line", 0, 100)));
  }

  @Override
  TestKafka kafka() {
    return secured.plain();
  }

  @Test
  void aWrongPassword() throws Exception {
    assertThat(refused(SecuredKafka.user(USER, "swordfish-is-wrong"), secured.trust()))
        .contains("refused the credentials", "Invalid username or password", "kafka.sasl.")
        .doesNotContain("swordfish");
  }

  @Test
  void aCertificateThatIsNotTrusted() throws Exception {
    assertThat(refused(SecuredKafka.user(USER, PASSWORD), secured.distrust()))
        .contains("unable to find valid certification path", "kafka.ssl.truststore.");
  }

  @Test
  void aUserWhoMayNotSeeTheTopic() throws Exception {
    InProcess.Result result = export(SecuredKafka.user(STRANGER, PASSWORD), secured.trust());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("describe topic " + topic, "do not allow it", "kafka.sasl.");
  }

  @Test
  void aUserWhoMayNotSeeHowTheTopicIsConfigured() throws Exception {
    kafka().tools().allow(STRANGER, topic, "DESCRIBE", "WRITE");
    InProcess.Result result = exportAsStranger();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("How topic " + topic + " is configured cannot be looked at", "DESCRIBE_CONFIGS");
    assertThat(values(topic)).hasSize(100);

    kafka().tools().allow(STRANGER, topic, "DESCRIBE_CONFIGS");
    InProcess.Result allowed = exportAsStranger("--again");
    assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    assertThat(allowed.out()).doesNotContain("cannot be looked at");
  }

  /** Transactions would need more rights. */
  private InProcess.Result exportAsStranger(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--guarantee", "at-least-once"));
    return export(
        SecuredKafka.user(STRANGER, PASSWORD), secured.trust(), arguments.toArray(String[]::new));
  }

  /** Exports in vain, and returns what the command said. */
  private String refused(Map<String, String> user, Map<String, String> trust) throws Exception {
    InProcess.Result result = export(user, trust);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(files.exists(new Path(folder, "state"))).as("nothing stays behind").isFalse();
    assertThat(values(topic)).isEmpty();
    return result.err();
  }

  private InProcess.Result export(
      Map<String, String> user, Map<String, String> trust, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.security.protocol=SASL_SSL");
    user.forEach((name, value) -> arguments.add("-Dkafka." + name + "=" + value));
    trust.forEach((name, value) -> arguments.add("-Dkafka." + name + "=" + value));
    arguments.addAll(
        List.of(
            "--bootstrap-server",
            secured.address(Listener.SASL_SSL),
            "--input",
            input.toString(),
            "--topic",
            topic,
            "--format",
            "text",
            "--timeout",
            "10s",
            "--state",
            new Path(folder, "state").toString()));
    arguments.addAll(List.of(more));
    return new ExportCommand(Servers.hdfs().configuration()).run(arguments.toArray(String[]::new));
  }
}
