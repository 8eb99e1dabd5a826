package io.kafkahdfs.format.spi;

/** What is done about the backslashes in a line of text. */
public enum EscapedLines {
  /** They are sent as they are. */
  KEEP,
  /**
   * {@code \n}, {@code \r} and {@code \\}, as kafka-to-hdfs writes them with {@code --newlines
   * escape}, become a line feed, a carriage return and a backslash again.
   */
  UNESCAPE
}
