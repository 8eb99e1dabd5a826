package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.registry.StubRegistry;
import io.kafkahdfs.testkit.tls.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTlsTest {
  private static final String TRUSTED = "ssl.truststore.location";
  private static final String TRUST_PASSWORD = "ssl.truststore.password";
  private static final String KEYS = "ssl.keystore.location";

  /** The identifier of PBES2 as it stands in a file: 1.2.840.113549.1.5.13. */
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

  @TempDir static Path folder;

  private static SSLContext context;

  @TempDir Path ownFolder;

  private final List<Duration> pauses = new ArrayList<>();

  @BeforeAll
  static void makeCertificates() throws IOException {
    Certificates.keyStore(folder.resolve("server.p12"), "ip:127.0.0.1");
    Certificates.keyStore(folder.resolve("other.p12"), "dns:elsewhere");
    Certificates.keyStore(folder.resolve("client.p12"), "dns:client");
    Certificates.trustStore(
        folder.resolve("trusted.p12"), Map.of("server", folder.resolve("server.p12")));
    Certificates.trustStore(
        folder.resolve("others.p12"), Map.of("other", folder.resolve("other.p12")));
    Certificates.trustStore(
        folder.resolve("clients.p12"), Map.of("client", folder.resolve("client.p12")));
    context = Certificates.server(folder.resolve("server.p12"), folder.resolve("clients.p12"));
  }

  @Test
  void aServerIsTrustedWhoseCertificateIsInAStore() throws IOException {
    assertAnswers(false, TRUSTED, store("trusted.p12"), TRUST_PASSWORD, Certificates.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void theTypeOfAStoreCanBeNamed(String type) throws IOException, GeneralSecurityException {
    KeyStore named = KeyStore.getInstance(type);
    named.load(null, null);
    named.setCertificateEntry("server", Certificates.certificate(folder.resolve("server.p12")));
    Path file = ownFolder.resolve("trusted");
    try (OutputStream out = Files.newOutputStream(file)) {
      named.store(out, "another".toCharArray());
    }

    assertAnswers(false, TRUSTED, file, TRUST_PASSWORD, "another", "ssl.truststore.type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ssl.truststore.type"})
  void certificatesCanBeText(String type) throws IOException {
    Path file =
        Files.writeString(
            ownFolder.resolve("trusted.pem"),
            "of the authority\n" + certificate("other.p12") + certificate("server.p12"));

    if (type.isEmpty()) {
      assertAnswers(false, TRUSTED, file);
    } else {
      assertAnswers(false, TRUSTED, file, type, "PEM");
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNamedAndNotAskedAgain() throws IOException {
    assertFails(false, List.of("cannot be reached with TLS", "ssl.truststore.location"));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aCertificateOfAnotherHostIsNotTaken() throws IOException {
    SSLContext elsewhere =
        Certificates.server(folder.resolve("other.p12"), folder.resolve("clients.p12"));
    try (StubRegistry server = StubRegistry.start(elsewhere, false)) {
      HttpSchemaRegistry registry =
          registry(server, TRUSTED, store("others.p12"), TRUST_PASSWORD, Certificates.PASSWORD);

      assertThatThrownBy(() -> registry.byId(5))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("cannot be reached with TLS")
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void aClientShowsItsCertificate() throws IOException {
    assertAnswers(
        true,
        TRUSTED,
        store("trusted.p12"),
        TRUST_PASSWORD,
        Certificates.PASSWORD,
        KEYS,
        store("client.p12"),
        "ssl.keystore.password",
        Certificates.PASSWORD);
  }

  @Test
  void aClientWithoutACertificateIsNotLetIn() throws IOException {
    assertFails(
        true,
        List.of("does it ask clients for a certificate (ssl.keystore.location)"),
        TRUSTED,
        store("trusted.p12"),
        TRUST_PASSWORD,
        Certificates.PASSWORD);
  }

  @Test
  void aClientsKeyCanBeText() throws IOException {
    Path file =
        Files.writeString(
            ownFolder.resolve("client.pem"),
            block("PRIVATE KEY", Certificates.key(folder.resolve("client.p12")).getEncoded())
                + certificate("client.p12"));

    assertAnswers(
        true, TRUSTED, store("trusted.p12"), TRUST_PASSWORD, Certificates.PASSWORD, KEYS, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithSHA1AndDESede"})
  void aClientsKeyCanBeEncryptedText(String algorithm)
      throws IOException, GeneralSecurityException {
    Path file =
        Files.writeString(
            ownFolder.resolve("client.pem"), encryptedKey(algorithm) + certificate("client.p12"));

    assertAnswers(
        true,
        TRUSTED,
        store("trusted.p12"),
        TRUST_PASSWORD,
        Certificates.PASSWORD,
        KEYS,
        file,
        "ssl.key.password",
        "of-the-key");
  }

  @Test
  void aKeyWhosePasswordIsMissingIsNamed() throws IOException, GeneralSecurityException {
    Path file =
        Files.writeString(
            ownFolder.resolve("client.pem"),
            encryptedKey("PBEWithSHA1AndDESede") + certificate("client.p12"));

    assertRefused(KEYS, file, "its key is encrypted, and ssl.key.password is not set");
  }

  @Test
  void aKeyOfAnOldKindIsNamed() throws IOException {
    Path file =
        Files.writeString(
            ownFolder.resolve("client.pem"),
            block("RSA PRIVATE KEY", new byte[5]) + certificate("client.p12"));

    assertRefused(KEYS, file, "its key is an RSA PRIVATE KEY", "openssl pkcs8 -topk8");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYS, TRUSTED})
  void textThatHasNothingOfUseIsNamed(String key) throws IOException {
    Path file = Files.writeString(ownFolder.resolve("x.pem"), block("X509 CRL", new byte[5]));

    assertRefused(key, file, "it has no certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYS, TRUSTED})
  void aFileThatIsNoStoreIsNamed(String key) throws IOException {
    assertRefused(key, Files.writeString(ownFolder.resolve("x"), "no store"), "PKCS12, JKS or PEM");
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() {
    assertThatThrownBy(
            () ->
                RegistryConfig.of(
                    List.of("http://a"),
                    properties(TRUSTED, store("trusted.p12"), TRUST_PASSWORD, "hunter2")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Cannot use ssl.truststore.location " + store("trusted.p12"))
        .hasMessageContaining("password")
        .hasMessageNotContaining("hunter2");
  }

  private static Path store(String name) {
    return folder.resolve(name);
  }

  private static String certificate(String store) throws IOException {
    try {
      return block("CERTIFICATE", Certificates.certificate(folder.resolve(store)).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String encryptedKey(String algorithm)
      throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec("of-the-key".toCharArray())));
    byte[] key = cipher.doFinal(Certificates.key(folder.resolve("client.p12")).getEncoded());
    if (algorithm.startsWith("PBEWithHmac")) {
      // Java 17 reads it and does not write it.
      byte[] scheme = der(0x30, PBES2, cipher.getParameters().getEncoded());
      return block("ENCRYPTED PRIVATE KEY", der(0x30, scheme, der(0x04, key)));
    }
    return block(
        "ENCRYPTED PRIVATE KEY",
        new EncryptedPrivateKeyInfo(cipher.getParameters(), key).getEncoded());
  }

  private static byte[] der(int tag, byte[]... parts) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    all.write(0x82);
    all.write(content.size() >> 8);
    all.write(content.size());
    content.writeTo(all);
    return all.toByteArray();
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
  }

  private HttpSchemaRegistry registry(StubRegistry server, Object... properties)
      throws IOException {
    return new HttpSchemaRegistry(
        RegistryConfig.of(List.of(server.url()), properties(properties)), pauses::add);
  }

  private void assertAnswers(boolean clients, Object... properties) throws IOException {
    try (StubRegistry server = StubRegistry.start(context, clients)) {
      server.schema(5, "\"int\"");

      assertThat(registry(server, properties).byId(5).getType()).isEqualTo(Schema.Type.INT);
    }
  }

  private void assertFails(boolean clients, List<String> parts, Object... properties)
      throws IOException {
    try (StubRegistry server = StubRegistry.start(context, clients)) {
      HttpSchemaRegistry registry = registry(server, properties);

      assertThatThrownBy(() -> registry.byId(5))
          .isInstanceOf(LoaderException.class)
          .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }
  }

  private void assertRefused(String key, Path file, String... parts) {
    assertThatThrownBy(() -> RegistryConfig.of(List.of("http://a"), properties(key, file)))
        .isInstanceOf(InvalidSettingException.class)
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .contains("Cannot use " + key + " " + file)
                    .contains(parts));
  }

  /** The properties as a file would give them: keys and values in turn. */
  private Map<String, String> properties(Object... given) throws IOException {
    Properties properties = new Properties();
    for (int i = 0; i < given.length; i += 2) {
      properties.setProperty(given[i].toString(), given[i + 1].toString());
    }
    Path file = ownFolder.resolve("registry.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return RegistryProperties.read(file.toString(), "--schema-registry-config");
  }
}
