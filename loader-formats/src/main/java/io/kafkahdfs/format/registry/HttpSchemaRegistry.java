package io.kafkahdfs.format.registry;

import static io.kafkahdfs.format.registry.RegistryFailures.failure;
import static io.kafkahdfs.format.registry.RegistryFailures.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kafkahdfs.failure.Quoted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A registry that speaks as Confluent's does; Apicurio, Karapace and Redpanda do so too.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Its
 *     interface</a>
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
  /** Bytes that only look like the wire format make any number of ids. */
  private static final int MOST_UNKNOWN = 10_000;

  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int SCHEMA_NOT_FOUND = 40403;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final RegistryTransport transport;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, String> unknown =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
          return size() > MOST_UNKNOWN;
        }
      };

  HttpSchemaRegistry(RegistryConfig config, Pauser pauser) {
    transport = new RegistryTransport(config, pauser);
  }

  /**
   * Finds out whether the registry answers and lets this client read.
   *
   * @throws io.kafkahdfs.failure.LoaderException if not
   */
  public synchronized void check() throws IOException {
    String asked = "the types of its schemas";
    RegistryAnswer answer = transport.get("/schemas/types", asked);
    if (answer.status() == 404) {
      // Registries older than 5.5 have no types.
      asked = "its subjects";
      answer = transport.get("/subjects", asked);
    }
    requireOk(answer, asked);
    if (answer.json().filter(JsonNode::isArray).isEmpty()) {
      throw RegistryFailures.noRegistry(answer, asked);
    }
  }

  @Override
  public Schema byId(int id) throws IOException {
    Schema known = schemas.get(id);
    return known == null ? lookUp(id) : known;
  }

  private synchronized Schema lookUp(int id) throws IOException {
    if (unknown.containsKey(id)) {
      throw new UnknownSchemaException(unknown.get(id));
    }
    try {
      Schema schema = ask(id);
      schemas.put(id, schema);
      return schema;
    } catch (UnknownSchemaException e) {
      unknown.put(id, e.getMessage());
      throw e;
    }
  }

  private Schema ask(int id) throws IOException {
    String asked = "the schema with id " + id;
    RegistryAnswer answer = transport.get("/schemas/ids/" + id, asked);
    if (answer.status() == 404 && says(answer, SCHEMA_NOT_FOUND)) {
      throw new UnknownSchemaException(
          "%s has no schema with id %d".formatted(named(answer.base()), id));
    }
    requireOk(answer, asked);
    return new SchemaAssembly(transport, asked).assemble(answer);
  }

  @Override
  public synchronized int register(String subject, Schema schema) throws IOException {
    String asked = "to register a schema in subject " + Quoted.line(subject);
    RegistryAnswer answer =
        transport.post(
            "/subjects/" + SchemaAssembly.inPath(subject) + "/versions", body(schema), asked);
    requireOk(answer, asked);
    return id(answer, asked);
  }

  @Override
  public synchronized OptionalInt idOf(String subject, Schema schema) throws IOException {
    String asked = "the id of a schema in subject " + Quoted.line(subject);
    RegistryAnswer answer =
        transport.post("/subjects/" + SchemaAssembly.inPath(subject), body(schema), asked);
    if (answer.status() == 404 && says(answer, SUBJECT_NOT_FOUND, SCHEMA_NOT_FOUND)) {
      return OptionalInt.empty();
    }
    requireOk(answer, asked);
    int id = id(answer, asked);
    Schema found = new SchemaAssembly(transport, asked).assemble(answer);
    if (!canonical(found).equals(canonical(schema))) {
      throw failure(
          "%s answered with another schema, asked for %s. It cannot be used."
              .formatted(named(answer.base()), asked));
    }
    return OptionalInt.of(id);
  }

  private static String canonical(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  private static byte[] body(Schema schema) throws IOException {
    return MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("schema", schema.toString()));
  }

  private static int id(RegistryAnswer answer, String asked) throws IOException {
    return answer
        .json()
        .map(node -> node.path("id"))
        .filter(node -> node.canConvertToInt() && node.isIntegralNumber())
        .orElseThrow(() -> RegistryFailures.noRegistry(answer, asked))
        .intValue();
  }

  private static boolean says(RegistryAnswer answer, int... codes) {
    return answer.fault().filter(fault -> fault.isAny(codes)).isPresent();
  }

  private void requireOk(RegistryAnswer answer, String asked) throws IOException {
    if (!answer.isOk()) {
      throw RegistryFailures.of(answer, asked, transport.hasCredentials());
    }
  }
}
