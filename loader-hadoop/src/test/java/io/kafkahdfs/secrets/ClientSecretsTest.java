package io.kafkahdfs.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSecretsTest {
  @TempDir Path temporary;

  private final Configuration configuration = new Configuration(false);
  private final Credentials credentials = new Credentials();

  @Test
  void secretsLeaveTheConfigurationAndReachTheClient() throws IOException {
    configuration.set("kafka.client.id", "nightly");
    configuration.set("kafka.ssl.keystore.password", "hunter2");
    configuration.set("kafka.sasl.jaas.config", "Login required password=\"hunter3\";");
    ClientSecrets.move(configuration, credentials);

    StringWriter written = new StringWriter();
    configuration.writeXml(written);
    assertThat(written.toString()).contains("nightly").doesNotContain("hunter");
    assertThat(ClientSecrets.join(configuration, credentials))
        .containsEntry("client.id", "nightly")
        .containsEntry("ssl.keystore.password", "hunter2")
        .containsEntry("sasl.jaas.config", "Login required password=\"hunter3\";")
        .hasSize(3);
  }

  @Test
  void secretsCanStandInHadoopsCredentialProvider() throws IOException {
    configuration.set(
        "hadoop.security.credential.provider.path",
        "localjceks://file" + temporary.resolve("secrets.jceks"));
    CredentialProvider provider = CredentialProviderFactory.getProviders(configuration).get(0);
    provider.createCredentialEntry("kafka.ssl.truststore.password", "hunter2".toCharArray());
    provider.flush();
    ClientSecrets.move(configuration, credentials);

    assertThat(ClientSecrets.join(configuration, credentials))
        .containsEntry("ssl.truststore.password", "hunter2");
  }
}
