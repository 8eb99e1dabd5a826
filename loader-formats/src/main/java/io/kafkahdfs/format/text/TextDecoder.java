package io.kafkahdfs.format.text;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.lines.Lines;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines as records: a value each, or a key and a value with a separator between them. */
final class TextDecoder implements RecordDecoder {
  private static final byte[] BACKSLASH = {'\\'};

  private final Lines lines;
  private final byte[] separator;
  private final boolean unescapes;
  private final ByteView line = new ByteView();

  TextDecoder(Lines lines, Optional<String> separator, EscapedLines escaped) {
    this.lines = lines;
    this.unescapes = escaped == EscapedLines.UNESCAPE;
    this.separator = separator.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!lines.next(line)) {
      return false;
    }
    into.setPosition(null, 0);
    divide(into);
    if (unescapes) {
      unescape(into.key());
      unescape(into.value());
    }
    return true;
  }

  private void divide(KafkaRecord into) throws BadRecordException {
    if (separator == null) {
      into.key().setNull();
      into.value().set(line.array(), line.offset(), line.length());
      return;
    }
    int at = find(line.array(), line.offset(), line.offset() + line.length(), separator);
    if (at < 0) {
      throw new BadRecordException(
          "has no key separator \""
              + new String(separator, StandardCharsets.UTF_8)
              + "\" (--key-separator)");
    }
    into.key().set(line.array(), line.offset(), at - line.offset());
    int value = at + separator.length;
    into.value().set(line.array(), value, line.offset() + line.length() - value);
  }

  /** Undoes what kafka-to-hdfs --newlines escape does; in place, as it only gets shorter. */
  private static void unescape(ByteView view) throws BadRecordException {
    byte[] bytes = view.array();
    int until = view.offset() + view.length();
    int from = view.isNull() ? until : find(bytes, view.offset(), until, BACKSLASH);
    if (from < 0 || from == until) {
      return;
    }
    int to = from;
    while (from < until) {
      byte next = bytes[from++];
      if (next == '\\') {
        next = from == until ? 0 : bytes[from++];
        next =
            switch (next) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '\\' -> '\\';
              default ->
                  throw new BadRecordException(
                      "has a backslash that is not followed by n, r or another one, so it was not"
                          + " written with --newlines escape (--newlines unescape)");
            };
      }
      bytes[to++] = next;
    }
    view.set(bytes, view.offset(), to - view.offset());
  }

  private static int find(byte[] bytes, int from, int until, byte[] separator) {
    for (int at = from; at <= until - separator.length; at++) {
      int matched = 0;
      while (matched < separator.length && bytes[at + matched] == separator[matched]) {
        matched++;
      }
      if (matched == separator.length) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public float progress() throws IOException {
    return lines.progress();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
