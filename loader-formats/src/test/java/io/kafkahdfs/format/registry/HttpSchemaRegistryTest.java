package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.registry.StubRegistry;
import io.kafkahdfs.testkit.registry.StubRegistry.Answer;
import io.kafkahdfs.testkit.registry.StubRegistry.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
  private static final Schema USER =
      SchemaBuilder.record("acme.User")
          .fields()
          .requiredLong("id")
          .optionalString("name")
          .endRecord();

  private static final String BY_ID = "GET /schemas/ids/5";

  private final Map<String, String> properties = new TreeMap<>();
  private final List<Duration> pauses = new ArrayList<>();
  private StubRegistry server;

  @BeforeEach
  void start() throws IOException {
    server = StubRegistry.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpSchemaRegistry registry(String... urls) throws IOException {
    return new HttpSchemaRegistry(
        RegistryConfig.of(urls.length == 0 ? List.of(server.url()) : List.of(urls), properties),
        pauses::add);
  }

  private List<String> asked() {
    return server.requests().stream().map(Request::what).toList();
  }

  @Test
  void aSchemaIsAskedForOnce() throws IOException {
    server.schema(5, USER.toString());
    HttpSchemaRegistry registry = registry();

    assertThat(registry.byId(5)).isEqualTo(USER).isSameAs(registry.byId(5));
    assertThat(asked()).containsExactly(BY_ID);
  }

  @Test
  void thatThereIsNoSchemaIsAskedOnce() throws IOException {
    HttpSchemaRegistry registry = registry();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> registry.byId(5))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessage("The schema registry " + server.url() + " has no schema with id 5");
    }
    assertThat(asked()).containsExactly(BY_ID);
    assertThat(pauses).isEmpty();
  }

  @Test
  void thePathOfTheUrlStandsBeforeTheRegistrys() throws IOException {
    server.answer(
        "GET /apis/ccompat/v7/schemas/ids/5", Answer.json(200, "{\"schema\":\"\\\"int\\\"\"}"));

    assertThat(registry(server.url() + "/apis/ccompat/v7/").byId(5).getType())
        .isEqualTo(Schema.Type.INT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROTOBUF", "JSON"})
  void aSchemaThatIsNotOfAvroIsAFaultOfTheRecord(String type) {
    server.answer(BY_ID, Answer.json(200, "{\"schemaType\":\"" + type + "\",\"schema\":\"x\"}"));

    assertThatThrownBy(() -> registry().byId(5))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("the schema with id 5 one of the type " + type)
        .hasMessageEndingWith("only those of Avro are supported");
  }

  @Test
  void aSchemaThatAvroCannotParseIsNamed() {
    server.schema(5, "{\"type\":\"recrod\"}");

    assertFails("the schema with id 5", "Avro cannot parse it", "MUST be a primitive type");
  }

  @Test
  void aSchemaWithinSchemasThatNobodyMeansIsNamed() {
    server.schema(5, "{\"type\":\"array\",\"items\":".repeat(5000) + "\"int\"" + "}".repeat(5000));

    assertFails("the schema with id 5", "Avro cannot parse it");
  }

  @Test
  void typesOfReferencesAreKnown() throws IOException {
    reference("a", 1, record("A", "{\"name\":\"b\",\"type\":\"B\"}"), "b", 2);
    reference("b", 2, record("B", "{\"name\":\"id\",\"type\":\"long\"}"));
    withReferences(
        record("Root", "{\"name\":\"a\",\"type\":\"A\"},{\"name\":\"b\",\"type\":\"B\"}"),
        "a",
        1,
        "b",
        2);

    Schema schema = registry().byId(5);

    assertThat(schema.getField("a").schema().getField("b").schema())
        .isEqualTo(schema.getField("b").schema());
    assertThat(asked())
        .containsExactly(BY_ID, "GET /subjects/a/versions/1", "GET /subjects/b/versions/2");
  }

  @Test
  void namesOfSubjectsAreWrittenAsAPathHasThem() throws IOException {
    server.answer(
        "GET /subjects/a%2Fb%20%3F/versions/1", Answer.json(200, "{\"schema\":\"\\\"int\\\"\"}"));
    withReferences("\"long\"", "a/b ?", 1);

    assertThat(registry().byId(5).getType()).isEqualTo(Schema.Type.LONG);
  }

  @Test
  void aReferenceThatIsMissingIsNamed() {
    server.answer("GET /subjects/a/versions/7", Answer.fault(404, 40402, "Version not found"));
    withReferences("\"long\"", "a", 7);

    assertFails(
        "the schema with id 5", "it refers to subject a version 7, and there is no such schema");
  }

  @Test
  void referencesInACircleAreNamed() {
    reference("a", 1, "\"int\"", "b", 1);
    reference("b", 1, "\"int\"", "a", 1);
    withReferences("\"long\"", "a", 1);

    assertFails("it refers to itself, by way of subject a version 1 and subject b version 1");
  }

  @Test
  void manyReferencesAreRefused() {
    for (int i = 1; i <= 201; i++) {
      reference("a", i, "\"int\"", "a", i + 1);
    }
    withReferences("\"long\"", "a", 1);

    assertFails("it refers to more than 200 others");
  }

  @Test
  void aSchemaIsRegistered() throws IOException {
    server.answer("POST /subjects/users-value/versions", Answer.json(200, "{\"id\":17}"));

    assertThat(registry().register("users-value", USER)).isEqualTo(17);
    assertThat(server.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.header("Content-Type"))
                  .hasValue("application/vnd.schemaregistry.v1+json");
              assertThat(request.body()).startsWith("{\"schema\":\"{\\\"type\\\":\\\"record\\\"");
            });
  }

  @Test
  void aSchemaThatIsNotTakenIsToldOfInTheRegistrysWords() {
    server.answer("POST /subjects/s/versions", Answer.fault(409, 409, "it is incompatible"));

    assertThatThrownBy(() -> registry().register("s", USER))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("refuses (409, error_code 409: \"it is incompatible\")")
        .hasMessageContaining("to register a schema in subject s");
  }

  @Test
  void theIdOfASchemaIsFound() throws IOException {
    String text = USER.toString().replace("\"", "\\\"");
    server.answer("POST /subjects/s", Answer.json(200, "{\"id\":17,\"schema\":\"" + text + "\"}"));

    assertThat(registry().idOf("s", USER)).hasValue(17);
  }

  @ParameterizedTest
  @ValueSource(ints = {40401, 40403})
  void aSchemaThatASubjectHasNotHasNoId(int code) throws IOException {
    server.answer("POST /subjects/s", Answer.fault(404, code, "not found"));

    assertThat(registry().idOf("s", USER)).isEmpty();
  }

  @Test
  void theIdOfAnotherSchemaIsNotTaken() {
    server.answer("POST /subjects/s", Answer.json(200, "{\"id\":17,\"schema\":\"\\\"int\\\"\"}"));

    assertThatThrownBy(() -> registry().idOf("s", USER))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(
            "answered with another schema, asked for the id of a schema in subject s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"17\"}", "{\"id\":1e99}", "[]", "17"})
  void anIdThatIsNoneIsNotTaken(String answer) {
    server.answer("POST /subjects/s/versions", Answer.json(200, answer));

    assertThatThrownBy(() -> registry().register("s", USER))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("is no schema registry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"schema\":5}",
        "{\"schema\":\"\\\"int\\\"\"} x",
        "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"subject\":\"a\"}]}"
      })
  void whatIsNoSchemaIsNotTaken(String answer) {
    server.answer(BY_ID, Answer.json(200, answer));

    assertFails("is no schema registry", "/schemas/ids/5", "Correct --schema-registry");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void anotherServersPageIsToldApartFromASchemaThatThereIsNot(int status) {
    server.answer(BY_ID, Answer.page(status));

    assertFails("is no schema registry", "status " + status + " and text/html", "<html>");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 404})
  void aPathThatIsMissingIsToldApartFromASchemaThatThereIsNot(int code) {
    server.answer(BY_ID, Answer.fault(404, code, "HTTP 404 Not Found"));

    assertFails("is no schema registry, or one with a path before its own");
  }

  @Test
  void redirectionsAreNotFollowed() throws IOException {
    try (StubRegistry other = StubRegistry.start()) {
      other.schema(5, "\"int\"");
      server.answer(BY_ID, Answer.redirection(other.url() + "/schemas/ids/5"));

      assertFails("sends to another address (302, \"" + other.url());
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aHugeAnswerIsNotTaken() {
    server.answer(BY_ID, Answer.huge(9 << 20));

    assertFails("is no schema registry", "more than 8388608 bytes");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aServerThatAsksForCredentialsIsToldOf() {
    server.answer(BY_ID, Answer.fault(401, 401, "Unauthorized"));

    assertFails("asks for credentials (401)", "Set basic.auth.user.info or bearer.auth.token");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void credentialsThatAreNotAcceptedAreToldOfAndNotShown() {
    properties.put("basic.auth.user.info", "loader:hunter2");
    server.answer(BY_ID, Answer.page(401));

    assertThatThrownBy(() -> registry().byId(5))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("does not accept the credentials (401)")
        .hasMessageNotContaining("hunter2");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void whatIsNotAllowedIsToldOf() {
    server.answer(BY_ID, Answer.fault(403, 40301, "User is denied"));

    assertFails("does not allow it (403, error_code 40301: \"User is denied\")", "id 5");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void userAndPasswordAreSent() throws IOException {
    properties.put("basic.auth.user.info", "loader:hunter2");
    server.schema(5, "\"int\"");
    registry().byId(5);

    assertThat(server.requests().get(0).header("Authorization"))
        .hasValue("Basic bG9hZGVyOmh1bnRlcjI=");
  }

  @Test
  void aTokenIsSent() throws IOException {
    properties.put("bearer.auth.token", "abc.def");
    server.schema(5, "\"int\"");
    registry().byId(5);

    assertThat(server.requests().get(0).header("Authorization")).hasValue("Bearer abc.def");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void whatMayPassIsTriedAgain(int status) throws IOException {
    server.answer(
        BY_ID,
        Answer.page(status),
        Answer.page(status),
        Answer.json(200, "{\"schema\":\"\\\"int\\\"\"}"));

    assertThat(registry().byId(5).getType()).isEqualTo(Schema.Type.INT);
    assertThat(asked()).hasSize(3);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000));
  }

  @Test
  void itIsNotTriedForEver() {
    properties.put("max.retries", "2");
    server.answer(BY_ID, Answer.fault(500, 50001, "Error in the backend data store"));

    assertFails(
        "No schema registry answers, asked for the schema with id 5, tried 3 times",
        server.url() + ": it answered with status 500",
        "50001");
    assertThat(asked()).hasSize(3);
  }

  @Test
  void thatItWasDownIsNotRemembered() throws IOException {
    properties.put("max.retries", "0");
    server.answer(BY_ID, Answer.page(503), Answer.json(200, "{\"schema\":\"\\\"int\\\"\"}"));
    HttpSchemaRegistry registry = registry();

    assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(LoaderException.class);
    assertThat(registry.byId(5).getType()).isEqualTo(Schema.Type.INT);
  }

  @Test
  void aServerThatIsDownIsToldOf() {
    server.close();

    assertFails("No schema registry answers", server.url() + ": nobody listens there");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void aHostThatThereIsNotIsToldOf() {
    assertThatThrownBy(() -> registry("http://there-is-none.invalid:8081").byId(5))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("there-is-none.invalid:8081: there is no such host");
  }

  @Test
  void anAnswerWithoutAnEndIsGivenUp() {
    properties.put("http.connect.timeout.ms", "100");
    properties.put("http.read.timeout.ms", "100");
    properties.put("max.retries", "0");
    server.answer(BY_ID, Answer.endless());

    assertFails("No schema registry answers", "no whole answer within 200 ms");
  }

  @Test
  void anotherServerIsAskedWhenOneIsDown() throws IOException {
    try (StubRegistry other = StubRegistry.start()) {
      other.schema(5, "\"int\"").schema(6, "\"long\"");
      server.close();
      HttpSchemaRegistry registry = registry(server.url(), other.url());

      assertThat(registry.byId(5).getType()).isEqualTo(Schema.Type.INT);
      assertThat(registry.byId(6).getType()).isEqualTo(Schema.Type.LONG);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void theServerThatAnsweredIsAskedNext() throws IOException {
    try (StubRegistry other = StubRegistry.start()) {
      other.schema(5, "\"int\"").schema(6, "\"long\"");
      server.answer(BY_ID, Answer.page(503));
      HttpSchemaRegistry registry = registry(server.url(), other.url());
      registry.byId(5);
      registry.byId(6);

      assertThat(asked()).containsExactly(BY_ID);
    }
  }

  @Test
  void anInterruptionEndsTheWait() throws IOException {
    server.answer(BY_ID, Answer.endless());
    HttpSchemaRegistry registry = registry();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRegistryIsChecked() throws IOException {
    server.answer("GET /schemas/types", Answer.json(200, "[\"AVRO\"]"));
    registry().check();

    assertThat(asked()).containsExactly("GET /schemas/types");
  }

  @Test
  void anOldRegistryIsAskedForItsSubjects() throws IOException {
    server.answer("GET /subjects", Answer.json(200, "[]"));
    registry().check();

    assertThat(asked()).containsExactly("GET /schemas/types", "GET /subjects");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html>", ""})
  void anotherServerIsNotTakenForOne(String answer) {
    server.answer("GET /schemas/types", Answer.json(200, answer));

    assertThatThrownBy(() -> registry().check())
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("is no schema registry");
  }

  private void assertFails(String... parts) {
    assertThatThrownBy(() -> registry().byId(5))
        .isInstanceOf(LoaderException.class)
        .isNotInstanceOf(UnknownSchemaException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }

  private static String record(String name, String fields) {
    return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}";
  }

  private void withReferences(String schema, Object... references) {
    server.answer(BY_ID, answer(schema, references));
  }

  private void reference(String subject, int version, String schema, Object... references) {
    server.answer("GET /subjects/" + subject + "/versions/" + version, answer(schema, references));
  }

  /**
   * @param references a subject and a version each
   */
  private static Answer answer(String schema, Object... references) {
    String listed =
        Stream.iterate(0, i -> i < references.length, i -> i + 2)
            .map(
                i ->
                    "{\"name\":\"x\",\"subject\":\"%s\",\"version\":%s}"
                        .formatted(references[i], references[i + 1]))
            .collect(Collectors.joining(","));
    return Answer.json(
        200,
        "{\"schema\":\"%s\",\"references\":[%s]}".formatted(schema.replace("\"", "\\\""), listed));
  }
}
