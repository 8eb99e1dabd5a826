package io.kafkahdfs.state;

import java.io.ByteArrayOutputStream;
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
   * @param object the text of a JSON object that has fields, and no checksum among them
   */
  static byte[] add(String object) {
    String open = object.substring(0, object.lastIndexOf('}')).stripTrailing();
    byte[] compact = compact(open.getBytes(StandardCharsets.UTF_8));
    String checksum = "\"checksum\" : \"sha256:" + checksum(compact, compact.length) + "\"";
    return (open + ",\n  " + checksum + "\n}\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether an object ends with a checksum that is that of all the rest. */
  static boolean fits(byte[] object) {
    byte[] compact = compact(object);
    int digits = compact.length - END.length - DIGITS;
    int field = digits - FIELD.length;
    return field > 0
        && stands(FIELD, compact, field)
        && stands(END, compact, digits + DIGITS)
        && checksum(compact, field)
            .equals(new String(compact, digits, DIGITS, StandardCharsets.US_ASCII));
  }

  private static boolean stands(byte[] bytes, byte[] in, int at) {
    return Arrays.equals(bytes, 0, bytes.length, in, at, at + bytes.length);
  }

  /** The checksum of an object of which so many bytes stand before the field, its end missing. */
  private static String checksum(byte[] compact, int length) {
    MessageDigest digest = Sha256.digest();
    digest.update(compact, 0, length);
    digest.update((byte) '}');
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Without the white space that stands outside of strings. */
  private static byte[] compact(byte[] json) {
    ByteArrayOutputStream compact = new ByteArrayOutputStream(json.length);
    boolean inString = false;
    boolean escaped = false;
    for (byte b : json) {
      if (inString || !(b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        compact.write(b);
      }
      if (b == '"' && !escaped) {
        inString = !inString;
      }
      escaped = inString && b == '\\' && !escaped;
    }
    return compact.toByteArray();
  }
}
