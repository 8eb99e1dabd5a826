package io.kafkahdfs.consumer.job;

import static io.kafkahdfs.testkit.kafka.SecuredKafka.PASSWORD;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.STRANGER;
import static io.kafkahdfs.testkit.kafka.SecuredKafka.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.SecuredKafka;
import io.kafkahdfs.testkit.kafka.SecuredKafka.Listener;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads from a broker with TLS and SASL, and what is said where client and broker disagree. */
class SecuredIT extends PackagedLoadFixture {
  private static final String WRONG_PASSWORD = "swordfish-is-wrong";
  private static final Map<String, String> NOTHING = Map.of();

  private static SecuredKafka secured;

  @TempDir Path temporary;

  @BeforeAll
  static void startKafka() throws IOException {
    secured = SecuredKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    secured.close();
  }

  @Override
  TestKafka kafka() {
    return secured.plain();
  }

  @Override
  String bootstrapServers() {
    return secured.address(Listener.SASL_SSL);
  }

  @Test
  void landsAndShowsNobodyTheSecrets() throws Exception {
    send(0, 0, 20);
    send(1, 0, 10);
    Properties client = new Properties();
    client.setProperty("security.protocol", "SASL_SSL");
    client.putAll(SecuredKafka.user(USER, PASSWORD));
    client.putAll(secured.trust());
    client.setProperty("of.nobodys", "own");
    Path file = temporary.resolve("client.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      client.store(out, null);
    }

    CommandResult result = loadPackaged("--maps", "2", "--command-config", file.toString());

    String logs = Servers.hadoop().containerLogs();
    assertThat(result.exitCode()).as(result.stderr() + logs).isZero();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 20), rows(1, 0, 10)));
    assertThat(landed.commit().cluster().generation()).isEqualTo(Generation.MODERN);
    assertThat(result.stderr()).contains("kafka.of.nobodys is handed to Kafka's client, which");
    List<String> seen = new ArrayList<>(List.of(result.stdout(), result.stderr(), logs));
    seen.addAll(texts(root));
    List<String> history = texts(new org.apache.hadoop.fs.Path("/tmp/hadoop-yarn/staging/history"));
    assertThat(history)
        .as("the jobs' configurations")
        .anySatisfy(text -> assertThat(text).contains("kafka.sasl.mechanism"));
    seen.addAll(history);
    for (String secret : List.of(PASSWORD, client.getProperty("ssl.truststore.password"))) {
      // Without the texts themselves, which are long.
      assertThat(seen.stream().anyMatch(text -> text.contains(secret))).as(secret).isFalse();
    }
  }

  /** All files below a folder of the cluster's HDFS. */
  private static List<String> texts(org.apache.hadoop.fs.Path folder) throws IOException {
    FileSystem files = FileSystem.get(Servers.hadoop().uri(), Servers.hadoop().configuration());
    for (; ; ) {
      List<String> texts = new ArrayList<>();
      try {
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        while (all.hasNext()) {
          try (InputStream in = files.open(all.next().getPath())) {
            texts.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
          }
        }
        return texts;
      } catch (FileNotFoundException e) {
        // The history server has just moved it.
      }
    }
  }

  @Test
  void aWrongPassword() throws Exception {
    for (Listener listener : List.of(Listener.SASL_SSL, Listener.SASL_PLAINTEXT)) {
      String message =
          refused(5, listener, listener.name(), SecuredKafka.user(USER, WRONG_PASSWORD));
      assertThat(message)
          .contains("refused the credentials", "Invalid username or password", "kafka.sasl.");
    }
  }

  @Test
  void aMechanismThatTheBrokersDoNotHave() throws Exception {
    Map<String, String> scram =
        Map.of(
            "sasl.mechanism",
            "SCRAM-SHA-256",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"x\""
                + (" password=\"" + WRONG_PASSWORD + "\";"));
    assertThat(refused(5, Listener.SASL_SSL, "SASL_SSL", scram))
        .contains("SCRAM-SHA-256", "[PLAIN]", "kafka.sasl.");
  }

  @Test
  void aCertificateThatIsNotTrusted() throws Exception {
    String server = secured.address(Listener.SSL);
    for (Map<String, String> trust : List.of(NOTHING, secured.distrust())) {
      assertThat(refused(5, server, "SSL", NOTHING, trust))
          .contains("unable to find valid certification path", "kafka.ssl.truststore.");
    }
  }

  @Test
  void aCertificateThatNamesAnotherHost() throws Exception {
    assertThat(refused(5, Listener.MISNAMED, "SSL", NOTHING))
        .contains("No subject alternative names matching IP address 127.0.0.1", "name the hosts");
  }

  @Test
  void aPortWithTlsForAClientWithout() throws Exception {
    assertThat(refused(5, Listener.SSL, "PLAINTEXT", NOTHING))
        .contains("wants TLS", "kafka.security.protocol");
    assertThat(refused(5, Listener.SASL_SSL, "SASL_PLAINTEXT", SecuredKafka.user(USER, PASSWORD)))
        .contains("for 1000 ms", "kafka.security.protocol=SASL_PLAINTEXT");
  }

  @Test
  void aPortWithoutTlsForAClientWithIt() throws Exception {
    String plain = secured.plain().bootstrapServers();
    assertThat(refused(5, plain, "SSL", NOTHING, secured.trust()))
        .contains("for 1000 ms", "kafka.security.protocol=SSL");
    assertThat(refused(5, Listener.SASL_PLAINTEXT, "SASL_SSL", SecuredKafka.user(USER, PASSWORD)))
        .contains("for 1000 ms", "kafka.security.protocol=SASL_SSL");
  }

  @Test
  void aPortThatWantsAUserForAClientWithout() throws Exception {
    assertThat(refused(5, Listener.SASL_SSL, "SSL", NOTHING))
        .contains("for 1000 ms", "kafka.security.protocol=SSL");
    assertThat(refused(5, Listener.SASL_PLAINTEXT, "PLAINTEXT", NOTHING))
        .contains("for 1000 ms", "kafka.security.protocol=PLAINTEXT");
  }

  @Test
  void aPortThatWantsNoUserForAClientWithOne() throws Exception {
    Map<String, String> user = SecuredKafka.user(USER, PASSWORD);
    assertThat(refused(5, Listener.SSL, "SASL_SSL", user))
        .contains("does not want to know who we are", "kafka.security.protocol=SASL_SSL");
    assertThat(refused(5, secured.plain().bootstrapServers(), "SASL_PLAINTEXT", user, NOTHING))
        .contains("does not want to know who we are", "kafka.security.protocol=SASL_PLAINTEXT");
  }

  @Test
  void aUserWhoMayNotSeeTheTopic() throws Exception {
    assertThat(refused(5, Listener.SASL_SSL, "SASL_SSL", SecuredKafka.user(STRANGER, PASSWORD)))
        .contains("describe topic " + topic, "do not allow it", "kafka.sasl.");
  }

  @Test
  void aServerThatDoesNotAnswerOrIsNoKafka() throws Exception {
    Map<String, String> user = SecuredKafka.user(USER, PASSWORD);
    String nameNode = Servers.hadoop().uri().getAuthority();
    for (String protocol : List.of("SASL_SSL", "SASL_PLAINTEXT")) {
      assertThat(refused(5, nameNode, protocol, user, secured.trust()))
          .contains("kafka.security.protocol");
      try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
        String server = "127.0.0.1:" + silent.getLocalPort();
        assertThat(refused(5, server, protocol, user, secured.trust()))
            .contains("no answer", "for 1000 ms", "kafka.security.protocol=" + protocol);
      }
    }
  }

  @Test
  void oneServerThatWorksIsEnough() throws Exception {
    send(0, 0, 3);
    InProcess.Result result =
        new LoadCommand(configuration())
            .run(
                "--bootstrap-server",
                "127.0.0.1:1," + secured.plain().bootstrapServers(),
                "--topic",
                topic,
                "--output",
                root.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 3));
  }

  @Test
  void theOldClientForABrokerThatHasForgottenItsProtocol() throws Exception {
    String plain = secured.plain().bootstrapServers();
    assertThat(refused(2, plain, "PLAINTEXT", NOTHING, NOTHING, "--kafka-generation", "legacy"))
        .contains("--kafka-generation legacy", plain);
  }

  @Test
  void settingsThatCannotBe() throws Exception {
    Map<String, String> user = SecuredKafka.user(USER, PASSWORD);
    String server = secured.address(Listener.SASL_SSL);
    assertThat(refused(2, server, "TLS", user, secured.trust()))
        .contains("TLS", "security.protocol", "SASL_SSL");
    assertThat(refused(2, server, "SASL_SSL", NOTHING, secured.trust())).contains("JAAS");
    assertThat(
            refused(
                2, server, "SASL_SSL", user, Map.of("ssl.truststore.location", "/no/such/store")))
        .contains("/no/such/store", "NoSuchFileException");
    Map<String, String> wrong = new TreeMap<>(secured.trust());
    wrong.put("ssl.truststore.password", WRONG_PASSWORD);
    assertThat(refused(2, server, "SASL_SSL", user, wrong))
        .contains(wrong.get("ssl.truststore.location"), "password was incorrect");
    assertThat(
            refused(2, server, "SASL_SSL", user, secured.trust(), "--kafka-generation", "legacy"))
        .contains("--kafka-generation legacy", "kafka.security.protocol=SASL_SSL");
  }

  private String refused(int exitCode, Listener listener, String protocol, Map<String, String> user)
      throws Exception {
    return refused(exitCode, secured.address(listener), protocol, user, secured.trust());
  }

  /**
   * Loads in vain.
   *
   * @return what the command said
   */
  private String refused(
      int exitCode,
      String server,
      String protocol,
      Map<String, String> user,
      Map<String, String> trust,
      String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Dkafka.security.protocol=" + protocol);
    user.forEach((name, value) -> arguments.add("-Dkafka." + name + "=" + value));
    trust.forEach((name, value) -> arguments.add("-Dkafka." + name + "=" + value));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--bootstrap-server", server, "--timeout", "1s"));
    arguments.addAll(List.of("--topic", topic, "--output", root.toString()));
    InProcess.Result result =
        new LoadCommand(configuration()).run(arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(landed.store().entry(root)).as("nothing stays behind").isEmpty();
    assertThat(result.err() + result.out()).doesNotContain(PASSWORD, WRONG_PASSWORD);
    if (exitCode == 5) {
      assertThat(result.err()).containsAnyOf(server, topic);
    }
    return result.err();
  }
}
