package io.kafkahdfs.format.registry;

import static io.kafkahdfs.format.registry.RegistryFailures.failure;
import static io.kafkahdfs.format.registry.RegistryFailures.named;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Makes a schema of what a registry answered: asks for the schemas that it refers to, and they in
 * turn, and has all parsed by one parser, which knows the types of one in the next.
 */
final class SchemaAssembly {
  private static final int MOST_REFERENCES = 200;
  private static final String AVRO = "AVRO";

  private final RegistryTransport registry;
  private final String asked;

  /** What stood before may name types in ways that are not allowed any more. */
  private final Schema.Parser parser =
      new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);

  private final Set<String> parsed = new HashSet<>();

  /** From the schema that was asked for to the one that is looked at. */
  private final Set<String> path = new LinkedHashSet<>();

  /**
   * @param asked which schema, for messages
   */
  SchemaAssembly(RegistryTransport registry, String asked) {
    this.registry = registry;
    this.asked = asked;
  }

  /**
   * @throws UnknownSchemaException if it is a schema, and not of Avro
   */
  Schema assemble(RegistryAnswer answer) throws IOException {
    JsonNode schema =
        answer
            .json()
            .filter(node -> node.path("schema").isTextual())
            .orElseThrow(() -> RegistryFailures.noRegistry(answer, asked));
    JsonNode type = schema.path("schemaType");
    if (type.isTextual() && !type.textValue().equals(AVRO)) {
      throw new UnknownSchemaException(
          "%s has for %s one of the type %s; only those of Avro are supported"
              .formatted(named(answer.base()), asked, Quoted.line(type.textValue())));
    }
    for (JsonNode reference : schema.path("references")) {
      refer(answer, reference);
    }
    return parse(answer, schema.get("schema").textValue());
  }

  private void refer(RegistryAnswer answer, JsonNode reference) throws IOException {
    JsonNode subject = reference.path("subject");
    JsonNode version = reference.path("version");
    if (!subject.isTextual() || !version.isIntegralNumber()) {
      throw RegistryFailures.noRegistry(answer, asked);
    }
    String name = "subject " + subject.textValue() + " version " + version.asLong();
    if (parsed.contains(name)) {
      return;
    }
    if (!path.add(name)) {
      throw unusable(
          answer, "it refers to itself, by way of " + String.join(" and ", path) + ".", null);
    }
    if (parsed.size() + path.size() > MOST_REFERENCES) {
      throw unusable(answer, "it refers to more than " + MOST_REFERENCES + " others.", null);
    }
    RegistryAnswer found =
        registry.get(
            "/subjects/" + inPath(subject.textValue()) + "/versions/" + version.asLong(),
            Quoted.line(name) + ", which " + asked + " refers to");
    if (found.fault().filter(fault -> fault.isAny(40401, 40402, 40403)).isPresent()) {
      throw unusable(
          answer, "it refers to " + Quoted.line(name) + ", and there is no such schema.", null);
    }
    if (!found.isOk()) {
      throw RegistryFailures.of(found, asked, registry.hasCredentials());
    }
    assemble(found);
    path.remove(name);
    parsed.add(name);
  }

  private Schema parse(RegistryAnswer answer, String text) throws LoaderException {
    try {
      return parser.parse(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw unusable(
          answer, "Avro cannot parse it (" + Quoted.line(String.valueOf(e.getMessage())) + ").", e);
    }
  }

  private LoaderException unusable(RegistryAnswer answer, String why, Throwable cause) {
    return failure(
        ("%s has for %s one that cannot be used: %s Correct the schema there, or leave"
                + " out the topic.")
            .formatted(named(answer.base()), asked, why),
        cause);
  }

  /** A name as a part of a path. */
  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
