package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {
  @Test
  void urlsOfAllKindsAreTaken() throws InvalidSettingException {
    assertThat(
            RegistryConfig.of(
                    List.of("http://a:8081", "https://b/", "HTTP://[::1]:8081/apis/ccompat/v7//"),
                    Map.of())
                .urls())
        .containsExactly(
            URI.create("http://a:8081"),
            URI.create("https://b"),
            URI.create("HTTP://[::1]:8081/apis/ccompat/v7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:8081",
        "a",
        "ftp://a:21",
        "http://",
        "http:///x",
        "http://a:0",
        "http://a:65536",
        "http://a:x",
        "http://schema_registry:8081",
        "http://a/?b",
        "http://a/#b",
        "http://a b"
      })
  void otherUrlsAreNamed(String url) {
    assertThatThrownBy(() -> RegistryConfig.of(List.of("http://a", url), Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("Wrong URL \"" + url + "\" for --schema-registry: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://loader:hunter2@a:8081", "http://hunter2@a", "http://x:hunter2 x@a:b"})
  void aPasswordInAUrlIsRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> RegistryConfig.of(List.of(url), Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("basic.auth.user.info=USER:PASSWORD")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void timesAndTriesAreTaken() throws InvalidSettingException {
    RegistryConfig config =
        of(
            Map.of(
                "http.connect.timeout.ms", "1",
                "http.read.timeout.ms", "2",
                "max.retries", "0",
                "retries.wait.ms", "4",
                "retries.max.wait.ms", "5"));

    assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(config.readTimeout()).isEqualTo(Duration.ofMillis(2));
    assertThat(config.retries()).isZero();
    assertThat(config.backoff()).isEqualTo(new Backoff(Duration.ofMillis(4), Duration.ofMillis(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "http.connect.timeout.ms, 0",
    "http.read.timeout.ms, 30s",
    "http.read.timeout.ms, 3600001",
    "max.retries, -1",
    "max.retries, ''",
    "retries.wait.ms, 1e3",
    "retries.max.wait.ms, 99999999999",
    "basic.auth.credentials.source, URL",
    "bearer.auth.credentials.source, OAUTHBEARER"
  })
  void otherValuesAreNamed(String key, String value) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(
            "Wrong value \""
                + value
                + "\" for "
                + key
                + " in the file of --schema-registry-config: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", ":hunter2", ""})
  void credentialsWithoutAUserAreRefusedAndNotShown(String value) {
    assertThatThrownBy(() -> of(Map.of("basic.auth.user.info", value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("is not of the form USER:PASSWORD")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2 x", "hunter2\n"})
  void aTokenThatIsNoneIsRefusedAndNotShown(String value) {
    assertThatThrownBy(() -> of(Map.of("bearer.auth.token", value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("bearer.auth.token")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void twoKindsOfCredentialsAreRefused() {
    assertThatThrownBy(() -> of(Map.of("bearer.auth.token", "x", "basic.auth.user.info", "a:b")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Set one of them");
  }

  @Test
  void whatIsSecretIsNotShown() throws InvalidSettingException {
    assertThat(of(Map.of("basic.auth.user.info", "loader:hunter2")).toString())
        .isEqualTo("schema registry [http://a:8081]");
  }

  @Test
  void pausesGrowUpToABound() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1000));

    assertThat(backoff.after(0, 0)).isEqualTo(Duration.ofMillis(50));
    assertThat(backoff.after(0, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(2, 1)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(4, 1)).isEqualTo(Duration.ofMillis(1000));
    assertThat(backoff.after(1000, 1)).isEqualTo(Duration.ofMillis(1000));
  }

  private static RegistryConfig of(Map<String, String> properties) throws InvalidSettingException {
    return RegistryConfig.of(List.of("http://a:8081"), properties);
  }
}
