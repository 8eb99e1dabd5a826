package io.kafkahdfs.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The checksum of a JSON object, which stands in it as its last field: the SHA-256 of its bytes as
 * they are written, white space between the tokens and the field itself left out. No JSON library
 * has a say in it, so a later one, or a later Java that prints numbers in another way, finds the
 * same, and the oldest file stays trusted.
 */
final class Seal {
  private static final byte[] FIELD = ",\"checksum\":\"sha256:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 64;

  private Seal() {}

  /**
   * Adds the checksum.
   *
   * @param object a JSON object that has fields, and no checksum among them; UTF-8
   */
  static byte[] add(byte[] object) {
    int end = object.length - 1;
    while (object[end] != '}') {
      end--;
    }
    while (isSpace(object[end - 1])) {
      end--;
    }
    String checksum = checksum(compact(object, end));
    byte[] field =
        (",\n  \"checksum\" : \"sha256:" + checksum + "\"\n}\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = Arrays.copyOf(object, end + field.length);
    System.arraycopy(field, 0, sealed, end, field.length);
    return sealed;
  }

  /** Whether an object ends with a checksum that is that of all the rest. */
  static boolean fits(byte[] object) {
    ByteBuffer tokens = compact(object, object.length);
    byte[] compact = tokens.array();
    int digits = tokens.limit() - END.length - DIGITS;
    int field = digits - FIELD.length;
    return field > 0
        && stands(FIELD, compact, field)
        && stands(END, compact, digits + DIGITS)
        && checksum(tokens.limit(field))
            .equals(new String(compact, digits, DIGITS, StandardCharsets.US_ASCII));
  }

  private static boolean stands(byte[] bytes, byte[] in, int at) {
    return Arrays.equals(bytes, 0, bytes.length, in, at, at + bytes.length);
  }

  /** The checksum of an object whose tokens these are, but for the last one, which ends it. */
  private static String checksum(ByteBuffer tokens) {
    MessageDigest digest = Sha256.digest();
    digest.update(tokens);
    digest.update((byte) '}');
    return HexFormat.of().formatHex(digest.digest());
  }

  /** So many bytes of JSON without the white space that stands outside of strings. */
  private static ByteBuffer compact(byte[] json, int length) {
    byte[] compact = new byte[length];
    int kept = 0;
    boolean inString = false;
    boolean escaped = false;
    for (int i = 0; i < length; i++) {
      byte b = json[i];
      if (inString || !isSpace(b)) {
        compact[kept++] = b;
      }
      if (b == '"' && !escaped) {
        inString = !inString;
      }
      escaped = inString && b == '\\' && !escaped;
    }
    return ByteBuffer.wrap(compact, 0, kept);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
