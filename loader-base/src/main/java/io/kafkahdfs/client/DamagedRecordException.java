package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;

/** Bytes came that are not what the producer sent: a wrong checksum, a set that cannot be read. */
public final class DamagedRecordException extends LoaderException {
  private final OffsetRange damaged;
  private final String what;
  private final transient byte[] bytes;

  /**
   * @param damaged the offsets that cannot be read; reading can continue at its {@code until}
   * @param what what is wrong with them
   */
  public DamagedRecordException(OffsetRange damaged, String what, Throwable cause) {
    this(damaged, what, null, cause);
  }

  /**
   * @param bytes as the broker has them; null if they cannot be had
   */
  public DamagedRecordException(OffsetRange damaged, String what, byte[] bytes, Throwable cause) {
    super(
        ExitCode.FAILURE,
        "Damaged records at "
            + damaged
            + ": "
            + what
            + ". Let a healthy replica lead the partition, or set --on-bad quarantine or --on-bad"
            + " skip to continue without these offsets and count them as bad.",
        cause);
    this.damaged = damaged;
    this.what = what;
    this.bytes = bytes;
  }

  public OffsetRange damaged() {
    return damaged;
  }

  /**
   * What the broker has in the place of the records, not to be changed; null if it is not known.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** What is wrong with them. */
  public String what() {
    return what;
  }
}
