package io.kafkahdfs.failure;

/** What a command tells the shell. The numbers are a promise to crontabs and workflows. */
public enum ExitCode {
  /** The work is done, or there was nothing to do. */
  DONE(0),
  /** Something failed that none of the other codes names. */
  FAILURE(1),
  /** A wrong option, a wrong setting, or an output that belongs to another load. */
  WRONG_SETTING(2),
  /** Another run works on the same output. */
  BUSY(3),
  /** Retention removed records that were not read yet, and the loss was not accepted. */
  DATA_LOST(4),
  /** Kafka did not answer, or refused the connection. */
  KAFKA_UNREACHABLE(5),
  /** The file system cannot be used. */
  HDFS_UNUSABLE(6),
  /** Records are in Kafka whose transaction is neither committed nor aborted. */
  UNDECIDED(7),
  /** Records have landed, and a table that is told of them is behind. */
  TABLE_BEHIND(8);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
