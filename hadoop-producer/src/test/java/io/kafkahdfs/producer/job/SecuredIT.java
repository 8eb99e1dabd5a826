package io.kafkahdfs.producer.job;

import static io.kafkahdfs.testkit.kafka.SecuredKafka.PASSWORD;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.STRANGER;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.kafka.SecuredKafka;
import io.kafkahdfs.testkit.kafka.SecuredKafka.Listener;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
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
    ExportCommand.Result result = export(SecuredKafka.user(STRANGER, PASSWORD), secured.trust());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("describe topic " + topic, "do not allow it", "kafka.sasl.");
  }

  /** Who may send need not be allowed to see how a topic is configured. */
  @Test
  void aUserWhoMayNotSeeTheTopicsConfigurationSendsAllTheSame() throws Exception {
    allow(topic, AclOperation.DESCRIBE, AclOperation.WRITE);
    ExportCommand.Result result =
        export(
            SecuredKafka.user(STRANGER, PASSWORD), secured.trust(), "--guarantee", "at-least-once");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(topic, "cannot be looked at", "DESCRIBE_CONFIGS");
    assertThat(values(topic)).hasSize(100);
  }

  /** The client splits the batch off, again and again, and says in the end that it timed out. */
  @Test
  void aLargeRecordIsNotTakenForABrokerThatDoesNotAnswer() throws Exception {
    topic = Servers.newTopic("hidden");
    kafka().tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "100000"));
    allow(topic, AclOperation.DESCRIBE, AclOperation.WRITE);
    files.delete(new Path(input, "lines.txt"), false);
    write("large.txt", "x".repeat(300_000) + "\ny\n");
    ExportCommand.Result result =
        export(
            SecuredKafka.user(STRANGER, PASSWORD), secured.trust(), "--guarantee", "at-least-once");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("large.txt, record 1", "too large", "max.message.bytes");
  }

  private void allow(String to, AclOperation... operations) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka().bootstrapServers()))) {
      ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, to, PatternType.LITERAL);
      List<AclBinding> bindings = new ArrayList<>();
      for (AclOperation operation : operations) {
        bindings.add(
            new AclBinding(
                resource,
                new AccessControlEntry(
                    "User:" + STRANGER, "*", operation, AclPermissionType.ALLOW)));
      }
      admin.createAcls(bindings).all().get();
    }
  }

  /** Exports in vain, and returns what the command said. */
  private String refused(Map<String, String> user, Map<String, String> trust) throws Exception {
    ExportCommand.Result result = export(user, trust);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(files.exists(new Path(folder, "state"))).as("nothing stays behind").isFalse();
    assertThat(values(topic)).isEmpty();
    return result.err();
  }

  private ExportCommand.Result export(
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
