package io.kafkahdfs.producer.plan;

import java.util.List;

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
}
