package io.kafkahdfs.format.print;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is printed of each record, after a template as kcat has them: {@code %t-%p@%o %k: %s\n}.
 * Keys and values are printed byte by byte, and nothing is added.
 */
final class RecordTemplate {
  private static final String PLACEHOLDERS =
      "%t topic, %p partition, %o offset, %T time in ms, %k key, %s value, %h headers, %K and %S"
          + " lengths of key and value (-1 for null), %%";

  private static final int HEX = 16;

  private final List<Part> parts = new ArrayList<>();

  private interface Part {
    void print(KafkaRecord record, PrintStream out);
  }

  private RecordTemplate() {}

  /**
   * @throws IllegalArgumentException if it has a placeholder or an escape that there is not; its
   *     message says which, and where
   */
  static RecordTemplate parse(String text) {
    RecordTemplate template = new RecordTemplate();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%' && c != '\\') {
        literal.append(c);
        continue;
      }
      if (++i == text.length()) {
        throw new IllegalArgumentException("it ends with " + c);
      }
      char next = text.charAt(i);
      if (c == '%' && next != '%') {
        template.add(literal);
        template.parts.add(part(next, i));
      } else if (c == '\\' && next == 'x') {
        literal.append(hex(text, i));
        i += 2;
      } else {
        literal.append(c == '%' ? '%' : escape(next, i));
      }
    }
    template.add(literal);
    return template;
  }

  private void add(StringBuilder literal) {
    if (!literal.isEmpty()) {
      byte[] bytes = literal.toString().getBytes(StandardCharsets.UTF_8);
      parts.add((record, out) -> out.write(bytes, 0, bytes.length));
      literal.setLength(0);
    }
  }

  private static Part part(char placeholder, int at) {
    return switch (placeholder) {
      case 't' -> (record, out) -> out.print(topic(record));
      case 'p' ->
          (record, out) ->
              out.print(record.partition() == null ? -1 : record.partition().partition());
      case 'o' -> (record, out) -> out.print(record.partition() == null ? -1 : record.offset());
      case 'T' -> (record, out) -> out.print(record.timestamp());
      case 'k' -> (record, out) -> print(record.key(), out);
      case 's' -> (record, out) -> print(record.value(), out);
      case 'K' -> (record, out) -> out.print(length(record.key()));
      case 'S' -> (record, out) -> out.print(length(record.value()));
      case 'h' -> RecordTemplate::headers;
      default ->
          throw new IllegalArgumentException(
              "there is no %"
                  + placeholder
                  + ", at character "
                  + at
                  + "; there are "
                  + PLACEHOLDERS);
    };
  }

  private static String topic(KafkaRecord record) {
    return record.partition() == null ? "" : record.partition().topic();
  }

  private static int length(ByteView bytes) {
    return bytes.isNull() ? -1 : bytes.length();
  }

  /** Nothing of null, as kcat does; {@code %K} and {@code %S} tell it from empty. */
  private static void print(ByteView bytes, PrintStream out) {
    out.write(bytes.array(), bytes.offset(), bytes.length());
  }

  private static void headers(KafkaRecord record, PrintStream out) {
    String between = "";
    for (RecordHeader header : record.headers()) {
      out.print(between + header.key() + "=");
      if (header.value() == null) {
        out.print("NULL");
      } else {
        out.write(header.value(), 0, header.value().length);
      }
      between = ",";
    }
  }

  private static char escape(char letter, int at) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '0' -> '\0';
      case '\\' -> '\\';
      default ->
          throw new IllegalArgumentException(
              "there is no \\"
                  + letter
                  + ", at character "
                  + at
                  + "; there are \\n \\t \\r \\0 \\xNN \\\\");
    };
  }

  /** One of the first 128 characters, which are a byte each. */
  private static char hex(String text, int at) {
    if (at + 2 < text.length()) {
      int high = Character.digit(text.charAt(at + 1), HEX);
      int low = Character.digit(text.charAt(at + 2), HEX);
      if (high >= 0 && high < HEX / 2 && low >= 0) {
        return (char) (high * HEX + low);
      }
    }
    throw new IllegalArgumentException("\\x at character " + at + " needs two digits, 00 to 7f");
  }

  void print(KafkaRecord record, PrintStream out) {
    parts.forEach(part -> part.print(record, out));
  }
}
