package io.kafkahdfs.producer.plan;

import io.kafkahdfs.state.Sha256;
import io.kafkahdfs.state.StoredValue;
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
    return Sha256.hex(text.toString(), FINGERPRINT_DIGITS);
  }
}
