package io.kafkahdfs.legacy.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
  @Test
  void takesWhatItKnows() throws LoaderException {
    ClientOptions options =
        options(
            Map.of(
                "client.id", "loader",
                "receive.buffer.bytes", "-1",
                "request.timeout.ms", "1234",
                "security.protocol", "plaintext",
                "fetch.min.bytes", "7"));
    assertThat(options.clientId()).isEqualTo("loader");
    assertThat(options.receiveBufferBytes()).isEqualTo(-1);
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofMillis(1234));
    assertThat(options.bootstrap()).containsExactly(new BrokerAddress("kafka", 9092));
  }

  @Test
  void takesTheOldConsumersNames() throws LoaderException {
    ClientOptions options =
        options(Map.of("socket.receive.buffer.bytes", "65536", "socket.timeout.ms", "99"));
    assertThat(options.receiveBufferBytes()).isEqualTo(65_536);
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofMillis(99));
  }

  @Test
  void leavesTimeToAskAllBrokers() throws LoaderException {
    assertThat(options(Map.of()).questionTimeout(1)).isEqualTo(Duration.ofSeconds(15));
    assertThat(options(Map.of()).questionTimeout(5)).isEqualTo(Duration.ofSeconds(3));
    assertThat(options(Map.of()).questionTimeout(100)).isEqualTo(Duration.ofSeconds(1));
    assertThat(options(Map.of("request.timeout.ms", "500")).questionTimeout(5))
        .isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SASL_SSL",
    "ssl.truststore.location, /etc/trust",
    "sasl.mechanism, GSSAPI",
    "socket.timeout.ms, 0",
    "request.timeout.ms, soon",
    "receive.buffer.bytes, -2"
  })
  void refusesWhatItCannotDo(String key, String value) {
    assertThatThrownBy(() -> options(Map.of(key, value)))
        .hasMessageContaining(key)
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_SETTING));
  }

  @Test
  void tellsNoSecrets() {
    assertThatThrownBy(() -> options(Map.of("ssl.key.password", "hush")))
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "kafka:", ":9092", "kafka:0", "kafka:65536", "kafka:x", ""})
  void refusesWhatIsNoServer(String server) {
    ClusterSettings settings =
        new ClusterSettings(List.of(server), Duration.ofSeconds(1), Map.of());
    assertThatThrownBy(() -> ClientOptions.of(settings))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("'" + server + "'");
  }

  @Test
  void readsAddressesOfBothKinds() throws LoaderException {
    assertThat(BrokerAddress.parse("10.0.0.1:9092"))
        .isEqualTo(new BrokerAddress("10.0.0.1", 9092))
        .hasToString("10.0.0.1:9092");
    assertThat(BrokerAddress.parse("[::1]:9092"))
        .isEqualTo(new BrokerAddress("::1", 9092))
        .hasToString("[::1]:9092");
  }

  private static ClientOptions options(Map<String, String> client) throws LoaderException {
    return ClientOptions.of(
        new ClusterSettings(List.of("kafka:9092"), Duration.ofSeconds(60), client));
  }
}
