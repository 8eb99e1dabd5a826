package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.testkit.FreePorts;
import io.kafkahdfs.testkit.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Kafka of one broker that listens on several ports, each secured in another way, and allows its
 * user alone to do something. The testkit's own tools use a port without any security, which
 * everybody may use for everything.
 */
public final class SecuredKafka implements AutoCloseable {
  /** May do everything. */
  public static final String USER = "loader";

  public static final String PASSWORD = "hunter2-is-secret";

  /** Is who he says he is with the {@link #PASSWORD}, and may do nothing. */
  public static final String STRANGER = "stranger";

  /** The ports with security. */
  public enum Listener {
    /** TLS, and no word about who the client is. */
    SSL("SSL"),
    /** TLS, and a user with his password. */
    SASL_SSL("SASL_SSL"),
    /** A user with his password, and no TLS. */
    SASL_PLAINTEXT("SASL_PLAINTEXT"),
    /** TLS with a certificate that names another host. */
    MISNAMED("SSL");

    private final String protocol;

    Listener(String protocol) {
      this.protocol = protocol;
    }
  }

  private final Path folder;
  private final Map<Listener, String> addresses = new EnumMap<>(Listener.class);
  private TestKafka kafka;

  private SecuredKafka(Path folder) {
    this.folder = folder;
  }

  public static SecuredKafka start() throws IOException {
    SecuredKafka secured = new SecuredKafka(Files.createTempDirectory("test-certificates-"));
    try {
      secured.startBroker();
      return secured;
    } catch (IOException | RuntimeException e) {
      secured.close();
      throw e;
    }
  }

  private void startBroker() throws IOException {
    Path server = folder.resolve("server.p12");
    Path misnamed = folder.resolve("misnamed.p12");
    Certificates.keyStore(server, "ip:127.0.0.1,dns:localhost");
    Certificates.keyStore(misnamed, "dns:elsewhere.invalid");
    Certificates.trustStore(trusting(), Map.of("server", server, "misnamed", misnamed));
    Certificates.trustStore(distrustful(), Map.of("misnamed", misnamed));

    Map<String, String> config = new HashMap<>();
    for (Listener listener : Listener.values()) {
      addresses.put(listener, "127.0.0.1:" + FreePorts.next());
    }
    config.put(
        "listeners",
        addresses.entrySet().stream()
            .map(listener -> listener.getKey() + "://" + listener.getValue())
            .collect(Collectors.joining(",")));
    config.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,"
            + addresses.keySet().stream()
                .map(listener -> listener + ":" + listener.protocol)
                .collect(Collectors.joining(",")));
    addKeyStore(config, "", server);
    addKeyStore(config, "listener.name.misnamed.", misnamed);
    config.put("sasl.enabled.mechanisms", "PLAIN");
    for (String listener : new String[] {"sasl_ssl", "sasl_plaintext"}) {
      config.put(
          "listener.name." + listener + ".plain.sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required"
              + (" user_" + USER + "=\"" + PASSWORD + "\"")
              + (" user_" + STRANGER + "=\"" + PASSWORD + "\";"));
    }
    config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    config.put("super.users", "User:ANONYMOUS;User:" + USER);
    kafka = TestKafka.start(KafkaVersion.V4_4, 1, config);
  }

  private static void addKeyStore(Map<String, String> config, String prefix, Path keyStore) {
    config.put(prefix + "ssl.keystore.location", keyStore.toString());
    config.put(prefix + "ssl.keystore.type", "PKCS12");
    config.put(prefix + "ssl.keystore.password", Certificates.PASSWORD);
    config.put(prefix + "ssl.key.password", Certificates.PASSWORD);
  }

  /** {@code host:port} of a listener. */
  public String address(Listener listener) {
    return addresses.get(listener);
  }

  /** The same Kafka, without any security. */
  public TestKafka plain() {
    return kafka;
  }

  /** A client's properties that make it trust the broker's certificates. */
  public Map<String, String> trust() {
    return trust(trusting());
  }

  /** A client's properties that make it trust somebody else's certificate. */
  public Map<String, String> distrust() {
    return trust(distrustful());
  }

  private static Map<String, String> trust(Path trustStore) {
    return Map.of(
        "ssl.truststore.location",
        trustStore.toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        Certificates.PASSWORD);
  }

  /** A client's properties that tell who it is. */
  public static Map<String, String> user(String name, String password) {
    return Map.of(
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + (" username=\"" + name + "\"")
            + (" password=\"" + password + "\";"));
  }

  private Path trusting() {
    return folder.resolve("trusting.p12");
  }

  private Path distrustful() {
    return folder.resolve("distrustful.p12");
  }

  @Override
  public void close() {
    if (kafka != null) {
      kafka.close();
    }
    TestKafka.delete(folder);
  }
}
