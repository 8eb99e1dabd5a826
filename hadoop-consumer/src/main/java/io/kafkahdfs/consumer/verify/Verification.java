package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.config.Share;
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
 * @param deep whether files were read
 * @param share which of them, as it was asked for
 * @param filesRead how many were read
 * @param bytesRead of these files
 * @param forgotten files that they landed and that left on purpose: not looked for
 * @param elsewhere files that are not in their places, and whose records the load's table holds
 * @param elsewhereRead those of them whose records were counted there, and not only summed up
 * @param findings all that is wrong
 */
public record Verification(
    long commits,
    long files,
    long records,
    long bytes,
    boolean deep,
    String share,
    long filesRead,
    long bytesRead,
    long forgotten,
    long elsewhere,
    long elsewhereRead,
    List<Finding> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  static Verification of(
      long commits,
      Verifier.Extent looked,
      Share share,
      Verifier.Extent read,
      Verifier.Extent forgotten,
      Verifier.HeldElsewhere held,
      List<Finding> findings) {
    return new Verification(
        commits,
        looked.files(),
        looked.records(),
        looked.bytes(),
        !share.isNone(),
        share.text(),
        read.files(),
        read.bytes(),
        forgotten.files(),
        held.files(),
        held.read(),
        findings);
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
      return "All is as the commits say: " + looked + read() + gone() + ".\n";
    }
    Table table = new Table("what", "commit", "where", "detail");
    for (Finding finding : findings) {
      table.row(
          finding.kind().name().toLowerCase(Locale.ROOT),
          finding.commit() == null ? "-" : finding.commit(),
          finding.where(),
          finding.detail());
    }
    return table
        + "Looked at "
        + looked
        + read()
        + gone()
        + ". Not as it should be: "
        + findings.size()
        + ".\n";
  }

  /** Which files were not looked for, to follow. */
  private String gone() {
    String onPurpose =
        forgotten == 0
            ? ""
            : "; %s more files were forgotten on purpose".formatted(Amounts.count(forgotten));
    return elsewhere == 0
        ? onPurpose
        : onPurpose
            + ("; %s of the files are gone, and the table holds their records: %s counted there,"
                    + " %s by the sums of its snapshots")
                .formatted(
                    Amounts.count(elsewhere),
                    Amounts.count(elsewhereRead),
                    Amounts.count(elsewhere - elsewhereRead));
  }

  /** Which files were read, to follow what was looked at. */
  private String read() {
    if (!deep) {
      return "";
    }
    return filesRead == files
        ? ", each file read"
        : ", of which %s files with %s were read (%s)"
            .formatted(Amounts.count(filesRead), Amounts.bytes(bytesRead), share);
  }
}
