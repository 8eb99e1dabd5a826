package io.kafkahdfs.producer.plan;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.config.OnOpen;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What some inputs mean.
 *
 * @param files those that can be sent, by path
 * @param open the paths of those that are still being written
 * @param hidden the paths of files and folders that are passed over because of their names
 */
public record InputListing(List<InputFile> files, List<String> open, List<String> hidden) {
  public InputListing {
    files = List.copyOf(files);
    open = List.copyOf(open);
    hidden = List.copyOf(hidden);
  }

  /**
   * @throws LoaderException naming files that are still being written, if that is to fail
   */
  public void check(OnOpen onOpen) throws LoaderException {
    if (!open.isEmpty() && onOpen == OnOpen.FAIL) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Still being written: "
              + open.stream().limit(3).collect(Collectors.joining(", "))
              + (open.size() > 3 ? " and " + (open.size() - 3) + " more" : "")
              + ". What is sent of a file now would lack the rest for ever. Wait until it is closed"
              + " (if its writer has died: hdfs debug recoverLease -path PATH), or set --on-open"
              + " skip to leave such files out.");
    }
  }
}
