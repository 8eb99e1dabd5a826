package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.registry.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client takes a registry for, held against a real one. */
class HttpSchemaRegistryIT {
  private static final Pattern ID = Pattern.compile("\\{\"id\":(\\d+)");

  private String url;
  private HttpSchemaRegistry registry;

  @BeforeEach
  void connect() throws IOException {
    url = TestRegistry.shared().url();
    registry = connected();
  }

  private HttpSchemaRegistry connected() throws IOException {
    return new HttpSchemaRegistry(RegistryConfig.of(List.of(url), Map.of()), Pauser.sleeping());
  }

  @Test
  void itIsOne() throws IOException {
    registry.check();
  }

  @Test
  void versionsOfASchemaAreRegisteredAndFound() throws IOException {
    Schema first = SchemaBuilder.record("V").fields().requiredInt("a").endRecord();
    Schema second =
        SchemaBuilder.record("V")
            .fields()
            .requiredLong("a")
            .name("at")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .withDefault(0)
            .endRecord();

    int one = registry.register("versions/of a-value", first);
    int two = registry.register("versions/of a-value", second);

    assertThat(one).isNotEqualTo(two).isEqualTo(registry.register("versions/of a-value", first));
    assertThat(registry.idOf("versions/of a-value", second)).hasValue(two);
    HttpSchemaRegistry another = connected();
    assertThat(another.byId(one)).isEqualTo(first);
    assertThat(another.byId(two)).isEqualTo(second);
  }

  @Test
  void whatThereIsNotIsToldApart() throws IOException {
    Schema known = SchemaBuilder.record("Known").fields().endRecord();
    Schema other = SchemaBuilder.record("Other").fields().endRecord();
    registry.register("known", known);

    assertThat(registry.idOf("unknown", known)).isEmpty();
    assertThat(registry.idOf("known", other)).isEmpty();
    assertThatThrownBy(() -> registry.byId(1_000_000)).isInstanceOf(UnknownSchemaException.class);
    assertThatThrownBy(() -> registry.byId(-1)).isInstanceOf(UnknownSchemaException.class);
  }

  @Test
  void aSchemaIsFoundWithThoseThatItRefersTo() throws IOException, InterruptedException {
    post("address", "", "{'type':'record','name':'acme.Address','fields':[]}", "");
    int id =
        post(
            "person",
            "",
            "{'type':'record','name':'Person','fields':[{'name':'home','type':'acme.Address'}]}",
            "{\"name\":\"acme.Address\",\"subject\":\"address\",\"version\":1}");

    assertThat(registry.byId(id).getField("home").schema().getFullName()).isEqualTo("acme.Address");
  }

  @Test
  void schemasThatAreNotOfAvroAreNamed() throws IOException, InterruptedException {
    int protobuf =
        post("protobuf", "PROTOBUF", "syntax = 'proto3'; message M { string a = 1; }", "");
    int json =
        post(
            "json",
            "JSON",
            "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object'}",
            "");

    assertThatThrownBy(() -> registry.byId(protobuf))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("PROTOBUF");
    assertThatThrownBy(() -> registry.byId(json))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("JSON");
  }

  @Test
  void withoutItsPathItIsNone() throws IOException {
    String root = url.substring(0, url.indexOf("/apis"));
    for (String wrong : List.of(root, root + "/apis", url + "/schemas")) {
      HttpSchemaRegistry none =
          new HttpSchemaRegistry(RegistryConfig.of(List.of(wrong), Map.of()), Pauser.sleeping());

      assertThatThrownBy(none::check)
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining(wrong + " is no schema registry");
      assertThatThrownBy(() -> none.byId(1))
          .isInstanceOf(LoaderException.class)
          .isNotInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining(wrong + " is no schema registry");
    }
  }

  /** Registers what the client does not. Quotes in the schema are written as apostrophes. */
  private int post(String subject, String type, String schema, String reference)
      throws IOException, InterruptedException {
    String body =
        "{\"schema\":\"%s\"%s,\"references\":[%s]}"
            .formatted(
                schema.replace("'", "\\\""),
                type.isEmpty() ? "" : ",\"schemaType\":\"" + type + "\"",
                reference);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    Matcher id = ID.matcher(response.body());
    assertThat(id.find()).as(response.body()).isTrue();
    return Integer.parseInt(id.group(1));
  }
}
