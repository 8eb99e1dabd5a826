package io.kafkahdfs.consumer.commit;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may hold the records of files that are not in their places any more. */
@FunctionalInterface
public interface Elsewhere {
  /** Nobody. */
  Elsewhere NOWHERE =
      (gone, read) -> gone.stream().collect(Collectors.toMap(file -> file, file -> ""));

  /**
   * Looks for their records.
   *
   * @param gone files that stand, by their commits, and are not there
   * @param read those of them whose records are to be read, and not only summed up
   * @return for each file whose records are not held, or not as far as can be told, why, in words
   *     that may be empty; those whose records are held are not in it
   */
  Map<LandedFile, String> lacks(Set<LandedFile> gone, Set<LandedFile> read) throws IOException;
}
