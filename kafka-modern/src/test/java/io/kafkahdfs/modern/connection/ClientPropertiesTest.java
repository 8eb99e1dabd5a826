package io.kafkahdfs.modern.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {
  private static final BrokerAbilities BROKERS =
      new BrokerAbilities(Isolation.READ_COMMITTED, true);
  private static final ReadSettings READING = new ReadSettings(1234, 5678, 1);

  @Test
  void handsPropertiesToTheClientThatKnowsThem() throws LoaderException {
    ClientProperties properties =
        properties(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "fetch.max.wait.ms", "7",
                "my.own.thing", "kept"));
    assertThat(properties.consumer(READING, BROKERS))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("fetch.max.wait.ms", "7")
        .containsEntry("my.own.thing", "kept")
        .containsEntry("max.partition.fetch.bytes", 1234)
        .containsEntry("isolation.level", "read_committed");
    assertThat(properties.admin())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("my.own.thing", "kept")
        .doesNotContainKeys("fetch.max.wait.ms", "isolation.level");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "key.deserializer",
        "value.deserializer",
        "group.id",
        "enable.auto.commit",
        "auto.offset.reset",
        "max.partition.fetch.bytes",
        "allow.auto.create.topics"
      })
  void refusesWhatTheUserCannotChoose(String name) {
    assertWrong(Map.of(name, "x"), "kafka." + name);
  }

  @ParameterizedTest
  @CsvSource({"isolation.level, serializable", "isolation.level, ''"})
  void refusesWrongValues(String name, String value) {
    assertWrong(Map.of(name, value), "kafka." + name);
  }

  @Test
  void saysWhatTheClientDoesNotTake() {
    assertThatThrownBy(
            () -> Questions.with(properties(Map.of("request.timeout.ms", "soon"))).close())
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("request.timeout.ms")
        .hasMessageContaining("soon");
  }

  private static void assertWrong(Map<String, String> client, String name) {
    assertThatThrownBy(() -> properties(client))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_SETTING))
        .hasMessageContaining(name);
  }

  private static ClientProperties properties(Map<String, String> client) throws LoaderException {
    return ClientProperties.of(
        new ClusterSettings(List.of("localhost:9092"), Duration.ofSeconds(1), client));
  }
}
