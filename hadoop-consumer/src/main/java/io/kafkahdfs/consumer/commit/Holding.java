package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What an output holds: a sum over the files that stand.
 *
 * @param files those of the quarantine not counted, as in {@code records} and {@code bytes}
 * @param records in these files
 * @param bytes of these files
 * @param quarantined bad records in the files of the quarantine
 * @param forgottenFiles how many left on purpose, those of the quarantine not counted
 * @param forgottenRecords in those
 */
public record Holding(
    long files,
    long records,
    long bytes,
    long quarantined,
    long forgottenFiles,
    long forgottenRecords) {
  /** Of an output without a commit. */
  public static final Holding NOTHING = new Holding(0, 0, 0, 0, 0, 0);

  public Holding {
    StoredValue.notNegative(
        "holding", files, records, bytes, quarantined, forgottenFiles, forgottenRecords);
  }

  /** What stands after a commit, and this was before. */
  Holding after(Commit commit) {
    Holding sum = this;
    for (LeavingFile file : commit.forgotten()) {
      sum = sum.without(file);
    }
    for (LeavingFile file : commit.replaced()) {
      sum = sum.replaced(file);
    }
    for (LandedFile file : commit.files()) {
      sum = sum.with(file);
    }
    return sum;
  }

  private Holding with(LandedFile file) {
    return file.holdsBad()
        ? new Holding(
            files, records, bytes, quarantined + file.records(), forgottenFiles, forgottenRecords)
        : new Holding(
            files + 1,
            records + file.records(),
            bytes + file.bytes(),
            quarantined,
            forgottenFiles,
            forgottenRecords);
  }

  /** Its records are in another file. */
  private Holding replaced(LeavingFile file) {
    if (Quarantine.holds(file.path())) {
      return new Holding(
          files, records, bytes, quarantined - file.records(), forgottenFiles, forgottenRecords);
    }
    return new Holding(
        files - 1,
        records - file.records(),
        bytes - file.bytes(),
        quarantined,
        forgottenFiles,
        forgottenRecords);
  }

  private Holding without(LeavingFile file) {
    return Quarantine.holds(file.path())
        ? new Holding(
            files, records, bytes, quarantined - file.records(), forgottenFiles, forgottenRecords)
        : new Holding(
            files - 1,
            records - file.records(),
            bytes - file.bytes(),
            quarantined,
            forgottenFiles + 1,
            forgottenRecords + file.records());
  }

  /**
   * @param standing the files that stand
   * @param forgotten those that left on purpose
   */
  static Holding of(List<LandedFile> standing, List<LeavingFile> forgotten) {
    Holding sum = NOTHING;
    for (LandedFile file : standing) {
      sum = sum.with(file);
    }
    List<LeavingFile> good =
        forgotten.stream().filter(file -> !Quarantine.holds(file.path())).toList();
    return new Holding(
        sum.files,
        sum.records,
        sum.bytes,
        sum.quarantined,
        good.size(),
        good.stream().mapToLong(LeavingFile::records).sum());
  }
}
