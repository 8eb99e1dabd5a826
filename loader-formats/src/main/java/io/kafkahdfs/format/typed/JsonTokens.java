package io.kafkahdfs.format.typed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads single tokens of JSON, or says what is wrong with them. */
final class JsonTokens {
  private JsonTokens() {}

  static long readLong(JsonParser parser, String path, long least, long most)
      throws BadContentException, IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(path, "a whole number", parser);
    }
    long number;
    try {
      number = parser.getLongValue();
    } catch (IOException e) {
      throw wrong(path, "a number of at most 64 bits", parser);
    }
    if (number < least || number > most) {
      throw wrong(path, "a number from " + least + " to " + most, parser);
    }
    return number;
  }

  static String readText(JsonParser parser, String path) throws BadContentException, IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(path, "text", parser);
    }
    return parser.getText();
  }

  static BadContentException wrong(String path, String expected, JsonParser parser)
      throws IOException {
    String text = parser.getText();
    String shown = text == null || text.length() > 40 ? parser.currentToken().toString() : text;
    return new BadContentException(TypeRules.at(path) + "is " + shown + ", not " + expected);
  }
}
