package io.kafkahdfs.producer.plan;

import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.spi.FormatReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Looks at the beginning of each file before anything is sent. */
final class InputCheck {
  /** Opening a file is waiting. */
  private static final int AT_ONCE = 16;

  private final FormatReader reader;
  private final Tolerance onBad;

  InputCheck(FormatReader reader, Tolerance onBad) {
    this.reader = reader;
    this.onBad = onBad;
  }

  /**
   * @throws LoaderException naming the first file that cannot be read as the settings say; if bad
   *     files are to be skipped, only if it is not the file that is at fault
   */
  void check(List<InputFile> files) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Void>> looks = new ArrayList<>();
      for (InputFile file : files) {
        if (file.length() > 0) {
          looks.add(
              threads.submit(
                  () -> {
                    check(file);
                    return null;
                  }));
        }
      }
      for (Future<Void> look : looks) {
        await(look);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<Void> look) throws IOException {
    try {
      look.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while looking at the input", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private void check(InputFile file) throws LoaderException {
    try {
      reader.inspect(new Path(file.path()));
    } catch (LoaderException e) {
      throw e;
    } catch (AccessControlException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The input " + file.path() + " may not be read: " + e.getMessage(),
          e);
    } catch (IOException | RuntimeException e) {
      if (onBad == Tolerance.FAIL) {
        throw new LoaderException(
            ExitCode.FAILURE,
            file.path()
                + " cannot be sent: "
                + e.getMessage()
                + ". Nothing was sent. Mend or remove it, or set --on-bad skip to count it as bad"
                + " and continue.",
            e);
      }
      // The task that reads it counts it as bad.
    }
  }
}
