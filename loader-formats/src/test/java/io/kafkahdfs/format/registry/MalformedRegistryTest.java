package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.avro.Kind;
import io.kafkahdfs.testkit.avro.RandomSchemas;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import io.kafkahdfs.testkit.registry.StubRegistry;
import io.kafkahdfs.testkit.registry.StubRegistry.Answer;
import io.kafkahdfs.testkit.tls.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server may answer, and what may stand in the file of {@code --schema-registry-config}. */
class MalformedRegistryTest {
  private static final String ANSWER =
      """
      {"subject": "s", "version": 1, "id": 1, "schemaType": "AVRO",
       "references": [{"name": "A", "subject": "a", "version": 1}],
       "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"R\\",\\"fields\\":[{\\"name\\":\\"a\\",\\"type\\":\\"A\\"}]}"}
      """;

  private static final String REFERRED =
      """
      {"schema": "{\\"type\\":\\"enum\\",\\"name\\":\\"A\\",\\"symbols\\":[\\"X\\"]}"}
      """;

  private static final String FAULT =
      """
      {"error_code": 40403, "message": "Schema not found"}
      """;

  private static final int[] STATUSES = {200, 200, 200, 201, 400, 401, 403, 404, 404, 422, 500};

  private static final String PROPERTIES =
      """
      basic.auth.user.info=loader:secret
      schema.registry.http.read.timeout.ms = 1000
      max.retries: 2
      """;

  @TempDir Path folder;

  @Test
  void schemasOfAllKindsAreWhatTheyWere() throws IOException {
    try (StubRegistry server = StubRegistry.start()) {
      HttpSchemaRegistry registry = registry(server);
      AtomicInteger id = new AtomicInteger();
      Cases.run(
          100,
          random -> {
            Schema schema = new RandomSchemas(random, Kind.all()).record();
            server.schema(id.incrementAndGet(), schema.toString());
            assertThat(registry.byId(id.get())).isEqualTo(schema);
          });
    }
  }

  @Test
  void spoiledAnswers() throws IOException {
    try (StubRegistry server = StubRegistry.start()) {
      HttpSchemaRegistry registry = registry(server);
      AtomicInteger id = new AtomicInteger();
      Cases.run(
          500,
          random -> {
            String what = "/schemas/ids/" + id.incrementAndGet();
            server.answer("GET " + what, spoiled(random.nextInt(3) == 0 ? FAULT : ANSWER, random));
            server.answer("GET /subjects/a/versions/1", spoiled(REFERRED, random));
            try {
              assertThat(registry.byId(id.get())).isNotNull();
            } catch (LoaderException e) {
              require(e.getMessage().contains(server.url()), e);
              require(e.getMessage().length() < 2000, e);
              require(e.getMessage().lines().count() == 1, e);
            }
          });
    }
  }

  private static Answer spoiled(String sample, Random random) {
    byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
    String text =
        switch (random.nextInt(4)) {
          case 0 -> sample;
          case 1 -> new Spoiler(random).spoil(sample);
          default -> new JsonSpoiler(random).spoil(bytes);
        };
    return Answer.json(STATUSES[random.nextInt(STATUSES.length)], text);
  }

  private static HttpSchemaRegistry registry(StubRegistry server) throws IOException {
    return new HttpSchemaRegistry(
        RegistryConfig.of(List.of(server.url()), Map.of("max.retries", "1")), time -> {});
  }

  @Test
  void spoiledFiles() {
    Path file = folder.resolve("my.properties");
    byte[] sample = PROPERTIES.getBytes(StandardCharsets.UTF_8);
    Cases.run(
        2000,
        random -> {
          Files.write(
              file,
              random.nextInt(5) == 0
                  ? new Spoiler(random).bytes(300)
                  : new Spoiler(random).spoil(sample));
          try {
            RegistryConfig.of(
                List.of("http://a"), RegistryProperties.read(file.toString(), "--the-option"));
          } catch (InvalidSettingException e) {
            require(
                e.getMessage().contains("my.properties")
                    || e.getMessage().contains("the file of --schema-registry-config"),
                e);
            require(e.getMessage().length() < 10_000, e);
          }
        });
  }

  @Test
  void aFileOfSomethingElseIsNotShownWhole() throws IOException {
    StringBuilder lines = new StringBuilder("x".repeat(1 << 20)).append('\n');
    for (int i = 0; i < 10_000; i++) {
      lines.append("max.retires").append(i).append('\n');
    }
    Path file = Files.writeString(folder.resolve("my.properties"), lines);

    assertThatThrownBy(() -> RegistryProperties.read(file.toString(), "--the-option"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("There are more like these")
        .message()
        .hasSizeLessThan(10_000);
  }

  @Test
  void spoiledCertificatesAndKeys() throws IOException {
    Path keys = folder.resolve("keys.p12");
    Certificates.keyStore(keys, "dns:a");
    byte[] pem =
        (block("PRIVATE KEY", Certificates.key(keys).getEncoded())
                + block("CERTIFICATE", encoded(keys)))
            .getBytes(StandardCharsets.US_ASCII);
    Cases.run(
        300,
        random -> {
          String content = Base64.getEncoder().encodeToString(new Spoiler(random).spoil(pem));
          for (String store : List.of("ssl.keystore", "ssl.truststore")) {
            try {
              RegistryTls.of(
                  Map.of(
                      store + ".location",
                      "my.pem",
                      store + ".type",
                      "PEM",
                      store + RegistryProperties.CONTENT,
                      content));
            } catch (InvalidSettingException e) {
              require(e.getMessage().contains("my.pem"), e);
            }
          }
        });
  }

  private static byte[] encoded(Path keys) throws IOException {
    try {
      return Certificates.certificate(keys).getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
