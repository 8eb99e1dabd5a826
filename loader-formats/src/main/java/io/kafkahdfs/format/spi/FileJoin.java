package io.kafkahdfs.format.spi;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Makes one file of several of a format, with all their records as they are. */
public interface FileJoin {
  /**
   * What files must have in common to be joined.
   *
   * @return equal for those that can be; tells nothing else
   * @throws IOException also if it is not a file of this format
   */
  String kind(Path file, Configuration configuration) throws IOException;

  /**
   * Starts a file.
   *
   * @param like the first of the files that it will have the records of, all of one kind
   * @param provenance of all of them
   */
  JoinedFile begin(NewFile file, WriteOptions options, Path like, Provenance provenance)
      throws IOException;
}
