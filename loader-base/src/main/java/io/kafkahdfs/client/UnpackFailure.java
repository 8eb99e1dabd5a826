package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.util.Optional;

/**
 * Tells damaged records from a machine that cannot unpack them. Kafka's clients wrap both in the
 * same exception, but where a codec's library is missing, or its native part cannot be loaded, Java
 * itself says so.
 */
public final class UnpackFailure {
  private UnpackFailure() {}

  /**
   * What to say of records that cannot be unpacked through no fault of theirs.
   *
   * @param failure what Kafka's client says
   * @param offset of the first of them
   * @return empty if it may be the records' fault
   */
  public static Optional<LoaderException> notOfTheRecords(
      Throwable failure, PartitionId partition, long offset) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error || cause instanceof ClassNotFoundException) {
        return Optional.of(
            new LoaderException(
                ExitCode.FAILURE,
                "The records at offset "
                    + offset
                    + " of "
                    + partition
                    + " cannot be unpacked on this machine, which is no fault of theirs: "
                    + cause
                    + ". If the library of a codec cannot be loaded, check that the task's class"
                    + " path has it (snappy-java comes with Hadoop), and that files may be executed"
                    + " in java.io.tmpdir, or set another folder with"
                    + " -D mapreduce.map.java.opts=-Dorg.xerial.snappy.tempdir=FOLDER.",
                failure));
      }
    }
    return Optional.empty();
  }
}
