package io.kafkahdfs.producer.plan;

import io.kafkahdfs.state.StoredValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What one task sends.
 *
 * @param index its number in the plan, from 0 on
 * @param parts in the order in which they are sent
 */
public record PlannedSplit(int index, List<FilePart> parts) {
  private static final int FINGERPRINT_DIGITS = 16;

  public PlannedSplit {
    parts = List.copyOf(parts);
    StoredValue.notNegative("index", index);
  }

  public long bytes() {
    return parts.stream().mapToLong(FilePart::length).sum();
  }

  /**
   * Tells whether progress that was saved somewhere is that of this split: equal for equal parts of
   * equal files.
   */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (FilePart part : parts) {
      InputFile file = part.file();
      text.append(file.path()).append('\n');
      text.append(file.length()).append(' ').append(file.modified()).append(' ');
      text.append(part.start()).append(' ').append(part.length()).append('\n');
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
