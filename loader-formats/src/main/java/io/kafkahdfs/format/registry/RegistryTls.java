package io.kafkahdfs.format.registry;

import io.kafkahdfs.config.InvalidSettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes of properties whom TLS trusts and who the client is. */
final class RegistryTls {
  private static final String PEM = "PEM";

  private final Map<String, String> properties;

  private RegistryTls(Map<String, String> properties) {
    this.properties = properties;
  }

  /**
   * @param properties with the contents of the stores, see {@link RegistryProperties}
   * @return empty if Java's own ways do
   * @throws InvalidSettingException if a store cannot be opened, or has not what it is for
   */
  static Optional<SSLContext> of(Map<String, String> properties) throws InvalidSettingException {
    RegistryTls tls = new RegistryTls(properties);
    if (!tls.has("ssl.truststore") && !tls.has("ssl.keystore")) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          tls.has("ssl.keystore") ? tls.keyManagers() : null,
          tls.has("ssl.truststore") ? tls.trustManagers() : null,
          null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new InvalidSettingException("TLS cannot be set up for the schema registry: " + e);
    }
  }

  private boolean has(String store) {
    return properties.containsKey(store + RegistryProperties.CONTENT);
  }

  private TrustManager[] trustManagers() throws InvalidSettingException {
    String name = "ssl.truststore";
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore store = isPem(name) ? Pem.trusted(content(name)) : store(name);
      if (store.size() == 0) {
        throw unusable(name, "it has no certificate");
      }
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(name, e);
    }
  }

  private KeyManager[] keyManagers() throws InvalidSettingException {
    String name = "ssl.keystore";
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      char[] password = password("ssl.key.password");
      if (isPem(name)) {
        factory.init(Pem.identity(content(name), password), new char[0]);
      } else {
        factory.init(store(name), password == null ? password(name + ".password") : password);
      }
      return factory.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(name, e);
    }
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    // Java opens stores of PKCS12 as JKS too, and the other way round.
    KeyStore store = KeyStore.getInstance(properties.getOrDefault(name + ".type", "PKCS12"));
    store.load(new ByteArrayInputStream(content(name)), password(name + ".password"));
    return store;
  }

  private boolean isPem(String name) {
    String type = properties.get(name + ".type");
    return type == null ? Pem.isPem(content(name)) : type.equals(PEM);
  }

  private byte[] content(String name) {
    return Base64.getDecoder().decode(properties.get(name + RegistryProperties.CONTENT));
  }

  private char[] password(String key) {
    String password = properties.get(key);
    return password == null ? null : password.toCharArray();
  }

  private InvalidSettingException unusable(String name, Exception cause) {
    return cause instanceof InvalidSettingException named
        ? named
        : unusable(name, cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  private InvalidSettingException unusable(String name, String why) {
    return new InvalidSettingException(
        ("Cannot use %s.location %s, in %s: %s. Is it what %s.type says (PKCS12, JKS or"
                + " PEM), and the password right?")
            .formatted(
                name, properties.get(name + ".location"), RegistryFailures.CONFIG, why, name));
  }
}
