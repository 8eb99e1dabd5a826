package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.testkit.registry.StubRegistry;
import io.kafkahdfs.testkit.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySettingsTest {
  private static final RegistrySettings REGISTRY =
      new RegistrySettings(
          CommonSettings.schemaRegistry("load."), CommonSettings.schemaRegistryConfig("load."));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("registry.properties");
  }

  @Test
  void whatTheFileSaysTravelsWithTheCredentials() throws IOException {
    try (StubRegistry server = StubRegistry.start()) {
      server.schema(5, "\"int\"");
      Files.writeString(file, "schema.registry.basic.auth.user.info = loader:hunter2\n");
      Settings settings = settings(server.url(), file.toString());
      Credentials credentials = new Credentials();
      REGISTRY.keep(settings, credentials);
      Files.delete(file);

      assertThat(REGISTRY.open(settings, new Credentials(credentials)).byId(5).getType())
          .isEqualTo(Schema.Type.INT);
      assertThat(server.requests().get(0).header("Authorization"))
          .hasValue("Basic bG9hZGVyOmh1bnRlcjI=");
    }
  }

  @Test
  void theStoresThatItNamesTravelToo() throws IOException {
    Path keys = folder.resolve("server.p12");
    Path trusted = folder.resolve("trusted.p12");
    Certificates.keyStore(keys, "ip:127.0.0.1");
    Certificates.trustStore(trusted, Map.of("server", keys));
    Files.writeString(
        file,
        "ssl.truststore.location=%s\nssl.truststore.password=%s"
            .formatted(trusted, Certificates.PASSWORD));
    try (StubRegistry server = StubRegistry.start(Certificates.server(keys, trusted), false)) {
      server.schema(5, "\"int\"");
      Settings settings = settings(server.url(), file.toString());
      Credentials credentials = new Credentials();
      REGISTRY.keep(settings, credentials);
      Files.delete(trusted);
      Files.delete(file);

      assertThat(REGISTRY.open(settings, credentials).byId(5).getType()).isEqualTo(Schema.Type.INT);
    }
  }

  @Test
  void aRegistryNeedsNoFile() throws IOException {
    try (StubRegistry server = StubRegistry.start()) {
      server.schema(5, "\"int\"");
      Settings settings = settings(server.url(), null);
      Credentials credentials = new Credentials();
      REGISTRY.keep(settings, credentials);

      assertThat(REGISTRY.open(settings, credentials).byId(5).getType()).isEqualTo(Schema.Type.INT);
      assertThat(server.requests().get(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void keysThatThereAreNotAreNamed() throws IOException {
    Files.writeString(file, "basic.auth.userinfo=loader:hunter2\nacks=all\nmax.retries=2\n");

    assertThatThrownBy(
            () -> REGISTRY.keep(settings("http://a", file.toString()), new Credentials()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(
            "There is no \"acks\" and no \"basic.auth.userinfo\" for a schema registry, in " + file)
        .hasMessageContaining("There are basic.auth.credentials.source, basic.auth.user.info, ")
        .hasMessageNotContaining("\"max.retries\"")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theContentOfAStoreIsNoKeyOfTheFile() throws IOException {
    Files.writeString(file, "ssl.truststore.content=AAAA");

    assertRefused("There is no \"ssl.truststore.content\"");
  }

  @Test
  void aKeyThatIsGivenTwiceIsNamed() throws IOException {
    Files.writeString(file, "max.retries=2\nschema.registry.max.retries=3");

    assertRefused("max.retries is given twice, with and without schema.registry.");
  }

  @Test
  void aStoreThatIsMissingIsNamed() throws IOException {
    Files.writeString(file, "ssl.keystore.location=" + folder.resolve("none.p12"));

    assertRefused("none.p12", "ssl.keystore.location in the file of --schema-registry-config");
  }

  @Test
  void aStoreThatIsLargerThanAnyIsNamed() throws IOException {
    Path large = Files.write(folder.resolve("large.p12"), new byte[(4 << 20) + 1]);
    Files.writeString(file, "ssl.keystore.location=" + large);

    assertRefused("large.p12", "it has more than 4 MiB");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertRefused(file.toString(), "given as --schema-registry-config");
  }

  @Test
  void aFileWithoutARegistryIsRefused() throws IOException {
    Files.writeString(file, "max.retries=2");

    assertThatThrownBy(() -> REGISTRY.keep(settings(null, file.toString()), new Credentials()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "--schema-registry-config is set, and --schema-registry is not. Set both or none.");
  }

  @Test
  void aRegistryThatIsNotGivenIsAskedFor() {
    assertThatThrownBy(() -> REGISTRY.open(settings(null, null), new Credentials()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("Set --schema-registry URL[,URL...].");
  }

  @Test
  void aWrongUrlIsRefusedBeforeAnybodyIsAsked() {
    assertThatThrownBy(() -> REGISTRY.keep(settings("a:8081", null), new Credentials()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Wrong URL \"a:8081\"");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(
            () -> REGISTRY.keep(settings("http://a", file.toString()), new Credentials()))
        .isInstanceOf(InvalidSettingException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }

  private static Settings settings(String urls, String config) throws InvalidSettingException {
    Configuration configuration = new Configuration(false);
    if (urls != null) {
      configuration.set("load.schema.registry", urls);
    }
    if (config != null) {
      configuration.set("load.schema.registry.config", config);
    }
    return Settings.read(List.of(REGISTRY.urls(), REGISTRY.config()), configuration::get);
  }
}
