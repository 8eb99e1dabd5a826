package io.kafkahdfs.consumer.verify;

/**
 * Something that is not as the commits say.
 *
 * @param commit the number of the commit that says otherwise; null if none does
 * @param where a path below the output root, or a partition
 * @param detail in words
 */
public record Finding(Kind kind, Long commit, String where, String detail) {
  /** What is wrong. */
  public enum Kind {
    /** A file is gone, or offsets that nobody accounts for. */
    MISSING,
    /** A file is not what was landed. */
    CHANGED,
    /** Offsets that are held twice. */
    DOUBLED,
    /** A file that no commit has landed, or that one has that was rolled back. */
    FOREIGN,
    /** A commit whose files are not all in their places yet. */
    UNPUBLISHED
  }
}
