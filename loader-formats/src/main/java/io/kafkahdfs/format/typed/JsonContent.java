package io.kafkahdfs.format.typed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.io.Reason;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** JSON as people write it, after an Avro schema that says what is in it. */
final class JsonContent implements Content {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Written written;
  private final JsonType type;

  JsonContent(Schema schema, UnknownFields unknown) {
    written = new Written(OptionalInt.empty(), schema);
    type = new JsonTypes(unknown).of(schema);
  }

  @Override
  public Written written(ByteView bytes) {
    return written;
  }

  /** There is one schema, so what is read does not depend on another one. */
  @Override
  public Reading reading(Written ignored, Schema schema) {
    return (bytes, old) -> read(bytes);
  }

  private Object read(ByteView bytes) throws BadContentException {
    try (JsonParser parser =
        JSON.getFactory().createParser(bytes.array(), bytes.offset(), bytes.length())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new BadContentException("is empty, which is no JSON");
      }
      Object read = type.read(parser, "");
      if (parser.nextToken() != null) {
        throw new BadContentException("has something behind its JSON");
      }
      return read;
    } catch (IOException e) {
      throw new BadContentException("is no JSON: " + Reason.of(e));
    }
  }
}
