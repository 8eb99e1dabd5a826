package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.StoredValue;
import java.util.Collection;

/**
 * What an output holds: a sum over the files that stand.
 *
 * @param files those of the quarantine not counted, as in {@code records} and {@code bytes}
 * @param records in these files
 * @param bytes of these files
 * @param quarantined bad records in the files of the quarantine
 */
public record Holding(long files, long records, long bytes, long quarantined) {
  /** Of an output without a commit. */
  public static final Holding NOTHING = new Holding(0, 0, 0, 0);

  public Holding {
    StoredValue.notNegative("holding", files, records, bytes, quarantined);
  }

  /** This, and more files. */
  public Holding plus(Collection<LandedFile> more) {
    Holding sum = this;
    for (LandedFile file : more) {
      sum =
          file.holdsBad()
              ? new Holding(sum.files, sum.records, sum.bytes, sum.quarantined + file.records())
              : new Holding(
                  sum.files + 1,
                  sum.records + file.records(),
                  sum.bytes + file.bytes(),
                  sum.quarantined);
    }
    return sum;
  }

  /** What stands after a commit. */
  static Holding of(Standing standing, long number) {
    return NOTHING.plus(
        standing.filesAt(number).values().stream().map(Standing.Held::file).toList());
  }
}
