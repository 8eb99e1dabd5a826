package io.kafkahdfs.producer.verify;

import java.util.List;

/**
 * What reading a target back has shown.
 *
 * @param export the export's id
 * @param ended when the export was done
 * @param checked what was done, in words
 * @param records how many records the receipt says were sent
 * @param read how many records were read in the target, behind where it ended when the export was
 *     planned
 * @param missing how many records of the export are not there
 * @param doubled how many are there once more
 * @param foreign how many there are none of the export's; -1 if nobody can tell them from doubled
 *     ones
 * @param outOfOrder how many records of a file come before an earlier one in their partition; -1 if
 *     that was not checked
 * @param findings what is wrong, in words
 * @param remarks what else there is to know
 */
public record DeepResult(
    String export,
    String ended,
    String checked,
    long records,
    long read,
    long missing,
    long doubled,
    long foreign,
    long outOfOrder,
    List<String> findings,
    List<String> remarks) {
  /** Instead of a number that nobody knows. */
  static final long UNKNOWN = -1;

  public DeepResult {
    findings = List.copyOf(findings);
    remarks = List.copyOf(remarks);
  }
}
