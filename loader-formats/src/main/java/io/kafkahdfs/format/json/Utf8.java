package io.kafkahdfs.format.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are text: UTF-8 that would come back as the same bytes. */
final class Utf8 {
  private static final int CHARS = 4096;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer ignored = CharBuffer.allocate(CHARS);

  /** Java's decoder refuses overlong forms and surrogates, so each text has one form. */
  boolean isText(byte[] bytes, int from, int length) {
    int until = from + length;
    int at = from;
    while (at < until && bytes[at] >= 0) {
      at++;
    }
    if (at == until) {
      return true;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, at, until - at);
    decoder.reset();
    while (true) {
      ignored.clear();
      CoderResult result = decoder.decode(rest, ignored, true);
      if (!result.isOverflow()) {
        return !result.isError();
      }
    }
  }
}
