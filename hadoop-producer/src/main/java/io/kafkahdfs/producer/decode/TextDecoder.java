package io.kafkahdfs.producer.decode;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines as records: a value each, or a key and a value with a separator between them. */
final class TextDecoder implements RecordDecoder {
  private final Lines lines;
  private final byte[] separator;
  private final ByteView line = new ByteView();

  TextDecoder(Lines lines, Optional<String> separator) {
    this.lines = lines;
    this.separator = separator.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!lines.next(line)) {
      return false;
    }
    into.setPosition(null, 0);
    if (separator == null) {
      into.key().setNull();
      into.value().set(line.array(), line.offset(), line.length());
      return true;
    }
    int at = find(line.array(), line.offset(), line.offset() + line.length());
    if (at < 0) {
      throw new BadRecordException(
          "has no key separator \""
              + new String(separator, StandardCharsets.UTF_8)
              + "\" (--key-separator)");
    }
    into.key().set(line.array(), line.offset(), at - line.offset());
    int value = at + separator.length;
    into.value().set(line.array(), value, line.offset() + line.length() - value);
    return true;
  }

  private int find(byte[] bytes, int from, int until) {
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
