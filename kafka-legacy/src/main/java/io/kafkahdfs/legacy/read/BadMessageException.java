package io.kafkahdfs.legacy.read;

/** A message that nobody sent like this; its message says what it has. */
final class BadMessageException extends Exception {
  private final long offset;

  /**
   * A bad message.
   *
   * @param cause may be null
   */
  BadMessageException(String what, long offset, Throwable cause) {
    super(what, cause);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
