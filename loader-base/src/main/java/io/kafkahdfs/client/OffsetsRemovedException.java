package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;

/** Retention removed records before they were read. */
public final class OffsetsRemovedException extends LoaderException {
  private final OffsetRange removed;

  /**
   * @param removed the offsets that are gone; reading can continue at its {@code until}
   */
  public OffsetsRemovedException(OffsetRange removed) {
    super(
        ExitCode.DATA_LOST,
        "Retention removed "
            + removed
            + " ("
            + removed.size()
            + " offsets) before they were read. To accept the loss, record it and continue, set"
            + " --on-missing skip.");
    this.removed = removed;
  }

  public OffsetRange removed() {
    return removed;
  }
}
