package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;

/** Tells of a failure before the commit point, and that it was before. */
public final class NothingCommitted {
  private static final String NOTE = " This run has committed nothing.";

  private NothingCommitted() {}

  /**
   * @param failure of a run that is known not to have committed, and not to be able to any more
   * @return what to throw
   */
  public static IOException because(Exception failure) {
    if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    if (failure instanceof LoaderException known) {
      return new LoaderException(known.exitCode(), known.getMessage() + NOTE, known);
    }
    return new LoaderException(
        ExitCode.HDFS_UNUSABLE,
        "The file system or the cluster failed: "
            + (failure instanceof IOException io ? StorageFailure.describe(io) : failure)
            + NOTE
            + " Run it again when it works.",
        failure);
  }
}
