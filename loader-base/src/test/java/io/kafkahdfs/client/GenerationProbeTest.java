package io.kafkahdfs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationProbeTest {
  /** Long: a test that waits for it to be over would be noticed. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(500);

  @Test
  void tellsAnOldBrokerAndAsksItNothingElse() throws IOException {
    try (ScriptedServer old = ScriptedServer.old();
        ScriptedServer older = ScriptedServer.older()) {
      for (ScriptedServer server : List.of(old, older)) {
        GenerationProbe.Answer answer = ask(TIMEOUT, server.address());
        assertThat(answer.understands()).containsExactly(Generation.LEGACY);
        assertThat(answer.server()).isEqualTo(server.address());
        assertThat(server.requests()).containsExactly((short) 1);
      }
    }
  }

  @Test
  void doesNotSendToABrokerWhoseAcknowledgementsNobodyUnderstands() throws IOException {
    try (ScriptedServer older = ScriptedServer.older()) {
      ClusterSettings settings = new ClusterSettings(List.of(older.address()), TIMEOUT, Map.of());
      assertThat(KafkaClusters.choose(settings, Optional.empty())).isEqualTo(Generation.LEGACY);
      assertThatThrownBy(() -> KafkaClusters.target(settings, Optional.empty()))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining(older.address())
          .hasMessageContaining("Kafka 0.8");
    }
  }

  @Test
  void tellsABrokerThatUnderstandsBoth() throws IOException {
    try (ScriptedServer server = ScriptedServer.middle()) {
      assertThat(ask(TIMEOUT, server.address()).understands())
          .containsExactly(Generation.LEGACY, Generation.MODERN);
      assertThat(server.requests()).containsExactly((short) 1, (short) 18);
    }
  }

  @Test
  void doesNotTrustTheOldClientWithTransactions() throws IOException {
    try (ScriptedServer server = ScriptedServer.withTransactions()) {
      assertThat(ask(TIMEOUT, server.address()).understands()).containsExactly(Generation.MODERN);
    }
  }

  @Test
  void tellsABrokerThatForgotTheOldProtocol() throws IOException {
    try (ScriptedServer server = ScriptedServer.recent()) {
      assertThat(ask(TIMEOUT, server.address()).understands()).containsExactly(Generation.MODERN);
    }
  }

  @Test
  void isContentWithOneServerThatWorks() throws IOException {
    try (ScriptedServer hanging = ScriptedServer.hanging();
        ScriptedServer web = ScriptedServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n");
        ScriptedServer working = ScriptedServer.recent()) {
      GenerationProbe.Answer answer =
          ask(
              TIMEOUT,
              hanging.address(),
              nobody(),
              web.address(),
              "no-such-host.invalid:9092",
              working.address());
      assertThat(answer.server()).isEqualTo(working.address());
    }
  }

  @Test
  void saysOfEachServerWhatIsWrong() throws IOException {
    String nobody = nobody();
    try (ScriptedServer hanging = ScriptedServer.hanging();
        ScriptedServer web = ScriptedServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n");
        ScriptedServer closing =
            ScriptedServer.start((server, connection) -> server.request(connection))) {
      assertThatThrownBy(
              () ->
                  ask(
                      SHORT_TIMEOUT,
                      hanging.address(),
                      web.address(),
                      closing.address(),
                      nobody,
                      "no-such-host.invalid:9092"))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining(hanging.address() + " does not answer within")
          .hasMessageContaining(web.address() + " does not speak Kafka's protocol")
          .hasMessageContaining("'HTTP'")
          .hasMessageContaining(closing.address() + ": ")
          .hasMessageContaining("closed the connection")
          .hasMessageContaining(nobody + ": Connection refused")
          .hasMessageContaining("no-such-host.invalid:9092 is no known host")
          .hasMessageContaining("--bootstrap-server");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        // Lengths: far too long, negative, too short for a correlation id.
        "\177\377\377\377",
        "\377\377\377\377",
        "\0\0\0\2ab",
        // Another's correlation id.
        "\0\0\0\4abcd"
      })
  void givesUpAtOnceOnWhatIsNotKafka(String text) throws IOException {
    try (ScriptedServer server = ScriptedServer.saying(text)) {
      assertThatThrownBy(() -> ask(TIMEOUT, server.address()))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining(server.address() + " does not speak Kafka's protocol");
    }
  }

  @Test
  void recognizesTls() throws IOException {
    try (ScriptedServer server = ScriptedServer.saying("\25\3\3\0\2\2\50")) {
      assertThatThrownBy(() -> ask(TIMEOUT, server.address()))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("kafka.security.protocol");
    }
  }

  @Test
  void doesNotWaitForAServerThatDrips() throws IOException {
    try (ScriptedServer dripping =
        ScriptedServer.start(
            (server, connection) -> {
              connection.getOutputStream().write(new byte[] {0, 0});
              server.hang();
            })) {
      assertThatThrownBy(() -> ask(SHORT_TIMEOUT, dripping.address()))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("does not answer within");
    }
  }

  @Test
  void asksAgainUntilABrokerIsUp() throws IOException {
    boolean[] asked = new boolean[1];
    try (ScriptedServer starting =
        ScriptedServer.start(
            (server, connection) -> {
              server.request(connection);
              if (asked[0]) {
                server.respond(connection, 0, 0);
              }
              asked[0] = server.requests().size() >= 2;
            })) {
      assertThat(ask(TIMEOUT, starting.address()).understands()).containsExactly(Generation.LEGACY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "kafka:", ":9092", "kafka:0", "kafka:65536", "kafka:x", ""})
  void refusesWhatIsNoServer(String server) {
    assertThatThrownBy(() -> ask(TIMEOUT, server))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_SETTING))
        .hasMessageContaining("'" + server + "'");
  }

  @Test
  void refusesTheClientThatIsNotUnderstood() throws IOException {
    try (ScriptedServer old = ScriptedServer.old();
        ScriptedServer recent = ScriptedServer.recent()) {
      assertThatThrownBy(
              () -> KafkaClusters.connect(settings(old.address()), Optional.of(Generation.MODERN)))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("--kafka-generation modern")
          .hasMessageContaining(old.address());
      assertThatThrownBy(
              () ->
                  KafkaClusters.connect(settings(recent.address()), Optional.of(Generation.LEGACY)))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("--kafka-generation legacy")
          .hasMessageContaining(recent.address());
    }
  }

  private static ClusterSettings settings(String server) {
    return new ClusterSettings(List.of(server), TIMEOUT, Map.of());
  }

  private static GenerationProbe.Answer ask(Duration timeout, String... servers)
      throws IOException {
    return GenerationProbe.ask(new ClusterSettings(List.of(servers), timeout, Map.of()));
  }

  /** A port that nobody listens on. */
  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
