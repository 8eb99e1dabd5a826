package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.commit.LandedFile;
import java.util.Set;

/**
 * What a table is to hold, of which some files are not in their places any more.
 *
 * @param standing all files that stand as of the commit that the table holds, but for bad records
 * @param gone those of them that are not there
 * @param read those of the latter whose records are to be read in the table
 */
public record TableHoldings(Set<LandedFile> standing, Set<LandedFile> gone, Set<LandedFile> read) {
  public TableHoldings {
    standing = Set.copyOf(standing);
    gone = Set.copyOf(gone);
    read = Set.copyOf(read);
  }

  /** How many records the table is to hold of this load. */
  public long records() {
    return standing.stream().mapToLong(LandedFile::records).sum();
  }
}
