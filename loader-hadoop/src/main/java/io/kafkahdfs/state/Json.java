package io.kafkahdfs.state;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;

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
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
          .withCoercionConfig(LogicalType.Textual, Json::onlyTexts)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Double.class, new NumbersOnly())
                  .setDeserializerModifier(new StrictUnwrapping()))
          .build();

  /** Jackson takes the text "NaN" for a number, whatever it is told of texts. */
  private static final class NumbersOnly extends StdScalarDeserializer<Double> {
    private static final long serialVersionUID = 1L;

    NumbersOnly() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken().isNumeric()
          ? Double.valueOf(parser.getDoubleValue())
          : (Double) context.handleUnexpectedToken(Double.class, parser);
    }
  }

  /** What is missing is an error, but for what earlier versions did not write. */
  private static final class AllRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(AddedLater.class);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      return annotated.hasAnnotation(AddedLater.class) || annotated.hasAnnotation(MayBeNull.class)
          ? JsonSetter.Value.forValueNulls(Nulls.SET)
          : super.findSetterInfo(annotated);
    }
  }

  private static void onlyTexts(MutableCoercionConfig config) {
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      config.setCoercion(shape, CoercionAction.Fail);
    }
  }

  private Json() {}

  public static byte[] write(Object value) {
    try {
      // Not as bytes: then Jackson would write some characters in another way.
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
   * @throws MalformedJsonException if the bytes are not the JSON of such a value
   */
  public static <T> T read(byte[] json, Class<T> type) throws MalformedJsonException {
    return value(tree(json), type);
  }

  /** Like {@link #write}, with a checksum of all the rest as the last field. */
  public static byte[] writeSealed(Object value) {
    return Seal.add(write(value));
  }

  /**
   * Adds the checksum to a text.
   *
   * @param object a JSON object with fields, indented
   */
  public static byte[] seal(String object) {
    return Seal.add(object.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #writeSealed} wrote. White space does not matter.
   *
   * @throws MalformedJsonException if the bytes are no JSON, were cut short or changed, or are not
   *     of such a value
   */
  public static <T> T readSealed(byte[] json, Class<T> type) throws MalformedJsonException {
    ObjectNode tree = tree(json);
    if (!Seal.fits(json)) {
      throw new MalformedJsonException(
          "its checksum does not fit: it was changed after it was written");
    }
    tree.remove(CHECKSUM);
    return value(tree, type);
  }

  /**
   * Reads a sealed file.
   *
   * @param wayOut what the user can do if it is not what was written, a sentence
   * @throws LoaderException if it is not; its message names the file
   * @throws java.io.FileNotFoundException if it is not there
   */
  public static <T> T readSealed(FileStore store, Path file, Class<T> type, String wayOut)
      throws IOException {
    byte[] json = AtomicFile.read(store, file);
    try {
      return readSealed(json, type);
    } catch (MalformedJsonException e) {
      throw new LoaderException(
          ExitCode.FAILURE, "Cannot trust " + file + ": " + e.getMessage() + ". " + wayOut, e);
    }
  }

  /**
   * The {@code version} that a JSON object says it has; 0 if it has none.
   *
   * @throws MalformedJsonException if it is no JSON, or what it says is no version
   */
  public static int version(byte[] json) throws MalformedJsonException {
    // Not all of a large file is made a tree for that.
    try (JsonParser parser = MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw cutShort();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("version");
        JsonToken value = parser.nextToken();
        if (found) {
          return version(parser, value);
        }
        parser.skipChildren();
      }
      return 0;
    } catch (JacksonException e) {
      throw new MalformedJsonException(e);
    } catch (IOException e) {
      // Bytes that are no characters.
      throw new MalformedJsonException(e.getMessage());
    }
  }

  private static int version(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 0) {
      String shown = value.isScalarValue() ? parser.getText() : "no number";
      throw new MalformedJsonException("its version is " + shown);
    }
    return parser.getIntValue();
  }

  private static ObjectNode tree(byte[] json) throws MalformedJsonException {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (JacksonException e) {
      throw new MalformedJsonException(e);
    } catch (IOException e) {
      // Bytes that are no characters.
      throw new MalformedJsonException(e.getMessage());
    }
    throw cutShort();
  }

  private static MalformedJsonException cutShort() {
    return new MalformedJsonException("it is cut short: there is no whole JSON object in it");
  }

  private static <T> T value(ObjectNode tree, Class<T> type) throws MalformedJsonException {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new MalformedJsonException(e);
    }
  }
}
