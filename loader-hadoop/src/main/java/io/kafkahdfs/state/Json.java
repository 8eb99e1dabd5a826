package io.kafkahdfs.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as the loader stores it: indented for people, strict when it is read, and where it matters
 * with a checksum that tells when somebody changed it.
 */
public final class Json {
  private static final String CHECKSUM = "checksum";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          // Only what a record consists of, not what can be asked of it.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .annotationIntrospector(new AllRequired())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** What is missing is an error, but for what earlier versions did not write. */
  private static final class AllRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(AddedLater.class);
    }
  }

  private Json() {}

  public static byte[] write(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /** As text, for programs that read what a command prints. */
  public static String writeText(Object value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }

  /** On one line, as {@code --summary} wants it. */
  public static String writeLine(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /**
   * @throws IOException if the bytes are not the JSON of such a value
   */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /** Like {@link #write}, with a checksum of all the rest as the last field. */
  public static byte[] writeSealed(Object value) {
    return Seal.add(new String(write(value), StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #writeSealed} wrote. White space does not matter.
   *
   * @throws IOException if the bytes are no JSON, were cut short or changed
   */
  public static <T> T readSealed(byte[] json, Class<T> type) throws IOException {
    if (!(MAPPER.readTree(json) instanceof ObjectNode tree)) {
      throw new IOException("it is cut short: there is no whole JSON object in it");
    }
    if (!Seal.fits(json)) {
      throw new IOException("its checksum does not fit: it was changed after it was written");
    }
    tree.remove(CHECKSUM);
    return MAPPER.treeToValue(tree, type);
  }

  /**
   * The {@code version} that a JSON object says it has; 0 if it has none.
   *
   * @throws IOException if it is no JSON
   */
  public static int version(byte[] json) throws IOException {
    JsonNode tree = MAPPER.readTree(json);
    return tree == null ? 0 : tree.path("version").asInt();
  }
}
