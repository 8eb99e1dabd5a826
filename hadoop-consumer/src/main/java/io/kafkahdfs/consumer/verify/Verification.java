package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import java.util.List;
import java.util.Locale;

/**
 * What came of holding an output against its commits.
 *
 * @param commits how many were looked at: those that stand
 * @param files how many they have landed
 * @param records in these files
 * @param bytes of these files
 * @param deep whether the files were read
 * @param findings all that is wrong
 */
public record Verification(
    long commits, long files, long records, long bytes, boolean deep, List<Finding> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  public boolean isGood() {
    return findings.isEmpty();
  }

  /** For the console. */
  public String text() {
    String looked =
        "%s commits, %s files, %s records, %s"
            .formatted(
                Amounts.count(commits),
                Amounts.count(files),
                Amounts.count(records),
                Amounts.bytes(bytes));
    if (isGood()) {
      return "All is as the commits say: " + looked + (deep ? ", each file read" : "") + ".\n";
    }
    Table table = new Table("what", "commit", "where", "detail");
    for (Finding finding : findings) {
      table.row(
          finding.kind().name().toLowerCase(Locale.ROOT),
          finding.commit() == null ? "-" : finding.commit(),
          finding.where(),
          finding.detail());
    }
    return table + "Looked at " + looked + ". Not as it should be: " + findings.size() + ".\n";
  }
}
