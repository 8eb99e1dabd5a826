package io.kafkahdfs.format.typed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** Makes a {@link JsonType} of each Avro type: once for a schema, not for each value. */
final class JsonTypes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnknownFields unknown;

  /** Of records, which may be parts of themselves. */
  private final Map<String, RecordType> records = new HashMap<>();

  JsonTypes(UnknownFields unknown) {
    this.unknown = unknown;
  }

  JsonType of(Schema schema) {
    if (schema.getLogicalType() != null) {
      JsonType logical = JsonLogicalTypes.of(schema);
      if (logical != null) {
        return logical;
      }
    }
    return switch (schema.getType()) {
      case NULL -> (parser, path) -> expect(JsonToken.VALUE_NULL, parser, path, null);
      case BOOLEAN -> JsonTypes::readBoolean;
      case INT ->
          (parser, path) ->
              (int) JsonTokens.readLong(parser, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG ->
          (parser, path) -> JsonTokens.readLong(parser, path, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT ->
          (parser, path) -> (float) finite((float) readDouble(parser, path), path, parser);
      case DOUBLE -> JsonTypes::readDouble;
      case STRING -> (parser, path) -> new Utf8(JsonTokens.readText(parser, path));
      case BYTES ->
          (parser, path) -> ByteBuffer.wrap(readBase64(JsonTokens.readText(parser, path), path));
      case FIXED -> (parser, path) -> readFixed(schema, parser, path);
      case ENUM -> (parser, path) -> readSymbol(schema, parser, path);
      case ARRAY -> arrays(of(schema.getElementType()));
      case MAP -> maps(of(schema.getValueType()));
      case RECORD -> record(schema);
      case UNION -> union(schema);
    };
  }

  private JsonType record(Schema schema) {
    RecordType known = records.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    RecordType type = new RecordType(schema, unknown);
    records.put(schema.getFullName(), type);
    for (Field field : schema.getFields()) {
      type.add(field, of(field.schema()));
    }
    return type;
  }

  private static final class RecordType implements JsonType {
    private final Schema schema;
    private final UnknownFields unknown;
    private final Map<String, Field> fields = new HashMap<>();
    private final List<JsonType> types = new ArrayList<>();

    RecordType(Schema schema, UnknownFields unknown) {
      this.schema = schema;
      this.unknown = unknown;
    }

    void add(Field field, JsonType type) {
      fields.put(field.name(), field);
      types.add(type);
    }

    @Override
    public Object read(JsonParser parser, String path) throws BadContentException, IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw JsonTokens.wrong(path, "an object", parser);
      }
      GenericData.Record record = new GenericData.Record(schema);
      boolean[] seen = new boolean[types.size()];
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        Field field = fields.get(name);
        parser.nextToken();
        if (field == null) {
          if (unknown == UnknownFields.FAIL) {
            throw new BadContentException(
                "has a field " + TypeRules.below(path, name) + " that the schema does not know");
          }
          parser.skipChildren();
          continue;
        }
        if (seen[field.pos()]) {
          throw new BadContentException("has field " + TypeRules.below(path, name) + " twice");
        }
        seen[field.pos()] = true;
        record.put(field.pos(), types.get(field.pos()).read(parser, TypeRules.below(path, name)));
      }
      for (Field field : schema.getFields()) {
        if (!seen[field.pos()]) {
          record.put(field.pos(), missing(field, path));
        }
      }
      return record;
    }

    private static Object missing(Field field, String path) throws BadContentException {
      if (field.hasDefaultValue()) {
        return AvroContent.PLAIN.deepCopy(field.schema(), AvroContent.PLAIN.getDefaultValue(field));
      }
      if (field.schema().isNullable()) {
        return null;
      }
      throw new BadContentException(
          "lacks field " + TypeRules.below(path, field.name()) + ", which has no default");
    }
  }

  private static JsonType arrays(JsonType items) {
    return (parser, path) -> {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw JsonTokens.wrong(path, "an array", parser);
      }
      List<Object> read = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        read.add(items.read(parser, path + "[]"));
      }
      return read;
    };
  }

  private static JsonType maps(JsonType values) {
    return (parser, path) -> {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw JsonTokens.wrong(path, "an object", parser);
      }
      Map<Object, Object> read = new HashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (read.put(new Utf8(name), values.read(parser, TypeRules.below(path, name))) != null) {
          throw new BadContentException("has field " + TypeRules.below(path, name) + " twice");
        }
      }
      return read;
    };
  }

  /** The first type that a value fits. */
  private JsonType union(Schema schema) {
    List<JsonType> types = new ArrayList<>();
    for (Schema branch : schema.getTypes()) {
      if (branch.getType() != Schema.Type.NULL) {
        types.add(of(branch));
      }
    }
    return (parser, path) -> {
      if (parser.currentToken() == JsonToken.VALUE_NULL && schema.isNullable()) {
        return null;
      }
      if (types.size() == 1) {
        return types.get(0).read(parser, path);
      }
      return readFirst(types, schema, JSON.readTree(parser), path);
    };
  }

  private static Object readFirst(List<JsonType> types, Schema schema, JsonNode node, String path)
      throws BadContentException {
    for (JsonType type : types) {
      try (JsonParser parser = new TreeTraversingParser(node)) {
        parser.nextToken();
        return type.read(parser, path);
      } catch (BadContentException | IOException e) {
        // The next one may fit.
      }
    }
    throw new BadContentException(TypeRules.at(path) + "fits none of " + schema.getTypes());
  }

  private static Object expect(JsonToken token, JsonParser parser, String path, Object value)
      throws BadContentException, IOException {
    if (parser.currentToken() != token) {
      throw JsonTokens.wrong(path, "null", parser);
    }
    return value;
  }

  private static Object readBoolean(JsonParser parser, String path)
      throws BadContentException, IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw JsonTokens.wrong(path, "true or false", parser);
    };
  }

  private static double readDouble(JsonParser parser, String path)
      throws BadContentException, IOException {
    if (!parser.currentToken().isNumeric()) {
      throw JsonTokens.wrong(path, "a number", parser);
    }
    return finite(parser.getDoubleValue(), path, parser);
  }

  private static double finite(double number, String path, JsonParser parser)
      throws BadContentException, IOException {
    if (Double.isInfinite(number)) {
      throw JsonTokens.wrong(path, "a number that is not too large", parser);
    }
    return number;
  }

  private static byte[] readBase64(String text, String path) throws BadContentException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new BadContentException(TypeRules.at(path) + "is no base64, which bytes are in JSON");
    }
  }

  private static Object readFixed(Schema schema, JsonParser parser, String path)
      throws BadContentException, IOException {
    byte[] bytes = readBase64(JsonTokens.readText(parser, path), path);
    if (bytes.length != schema.getFixedSize()) {
      throw new BadContentException(
          TypeRules.at(path) + "has " + bytes.length + " bytes, not " + schema.getFixedSize());
    }
    return new GenericData.Fixed(schema, bytes);
  }

  private static Object readSymbol(Schema schema, JsonParser parser, String path)
      throws BadContentException, IOException {
    String symbol = JsonTokens.readText(parser, path);
    if (!schema.hasEnumSymbol(symbol)) {
      throw JsonTokens.wrong(path, "one of " + schema.getEnumSymbols(), parser);
    }
    return new GenericData.EnumSymbol(schema, symbol);
  }
}
