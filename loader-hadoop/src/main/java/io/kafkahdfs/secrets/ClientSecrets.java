package io.kafkahdfs.secrets;

import io.kafkahdfs.config.CommonSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;

/**
 * Keeps the secrets of Kafka's client out of the job's configuration, which everybody can read who
 * sees the job: they travel with the job's credentials, as Hadoop's own tokens do.
 *
 * <p>They can stand in Hadoop's credential provider ({@code
 * hadoop.security.credential.provider.path}) under the key that the property would have, {@code
 * kafka.ssl.keystore.password}.
 */
public final class ClientSecrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "sasl\\.jaas\\.config|ssl\\.keystore\\.key|.*\\.(password|secret|credentials)");

  /** Secrets that have to be asked for: a provider does not list what it holds by prefix. */
  private static final String[] IN_PROVIDER = {
    "sasl.jaas.config",
    "ssl.key.password",
    "ssl.keystore.key",
    "ssl.keystore.password",
    "ssl.truststore.password",
    "sasl.oauthbearer.client.credentials.client.secret"
  };

  private ClientSecrets() {}

  /**
   * Moves the secrets of a job from its configuration, and from the credential provider, to its
   * credentials.
   */
  public static void move(Configuration configuration, Credentials credentials) throws IOException {
    for (String name : IN_PROVIDER) {
      char[] secret = configuration.getPassword(CommonSettings.CLIENT_PREFIX + name);
      if (secret != null) {
        credentials.addSecretKey(alias(name), new String(secret).getBytes(StandardCharsets.UTF_8));
      }
    }
    configuration
        .getPropsWithPrefix(CommonSettings.CLIENT_PREFIX)
        .forEach(
            (name, value) -> {
              if (SECRET.matcher(name).matches()) {
                credentials.addSecretKey(alias(name), value.getBytes(StandardCharsets.UTF_8));
                configuration.unset(CommonSettings.CLIENT_PREFIX + name);
              }
            });
  }

  /** All properties of Kafka's client, by Kafka's names, secrets included. */
  public static Map<String, String> join(Configuration configuration, Credentials credentials) {
    // Hadoop gives the keys without their prefix.
    Map<String, String> properties =
        new TreeMap<>(configuration.getPropsWithPrefix(CommonSettings.CLIENT_PREFIX));
    for (Text alias : credentials.getAllSecretKeys()) {
      String name = alias.toString();
      if (name.startsWith(CommonSettings.CLIENT_PREFIX)) {
        properties.put(
            name.substring(CommonSettings.CLIENT_PREFIX.length()),
            new String(credentials.getSecretKey(alias), StandardCharsets.UTF_8));
      }
    }
    return properties;
  }

  private static Text alias(String name) {
    return new Text(CommonSettings.CLIENT_PREFIX + name);
  }
}
