package io.kafkahdfs.format.rows;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import org.apache.hadoop.fs.Path;

/** Reading a file takes more memory than there is, whether it is damaged or sound. */
public final class TooLargeException extends LoaderException {
  private static final long serialVersionUID = 1;

  /**
   * @param part what is read whole, such as a row group
   */
  public TooLargeException(Path file, String part, OutOfMemoryError cause) {
    super(
        ExitCode.FAILURE,
        file
            + " cannot be read: a "
            + part
            + " asks for more memory than the "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MB of this process. The file is damaged, or needs a larger heap (-D"
            + " mapreduce.map.java.opts, HADOOP_CLIENT_OPTS).",
        cause);
  }
}
