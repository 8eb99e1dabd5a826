package io.kafkahdfs.producer.commit;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.StoredValue;
import java.util.List;
import java.util.Optional;

/**
 * What stands in HDFS about a transaction of a split, written when all its records are acknowledged
 * and before it is committed. Kafka's own progress only names it, so that it is small whatever the
 * input.
 *
 * @param id the transactional id
 * @param number the transactions of a split are numbered from 1 on, over all attempts
 * @param attempt the task attempt whose it is
 * @param done how many of the split's records are done with it, from the first one on
 * @param sent how many records are in this transaction
 * @param witnesses some of these records, and where they stand: if the progress is lost, they tell
 *     whether the transaction was committed
 * @param account what became of all records until here
 */
public record TransactionNote(
    String id,
    long number,
    String attempt,
    long done,
    long sent,
    List<Witness> witnesses,
    SplitNote account) {
  private static final String VERSION = "2";

  public TransactionNote {
    witnesses = List.copyOf(witnesses);
    StoredValue.counts("number, done, sent", number, done, sent);
  }

  /**
   * A record of a transaction.
   *
   * @param hash a {@link RecordHash}, as 16 hexadecimal digits
   */
  public record Witness(String topic, int partition, long offset, String hash) {
    public Witness {
      StoredValue.notNegative(new PartitionId(topic, partition).toString(), offset, offset + 1);
      StoredValue.digest("hash", hash);
    }
  }

  /**
   * What Kafka keeps of a note.
   *
   * @param fingerprint the split's
   */
  public record Reference(String fingerprint, long number, String attempt) {
    /** As text of some dozen bytes. */
    public String text() {
      return VERSION + " " + fingerprint + " " + number + " " + attempt;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @return empty if it is something else
     */
    public static Optional<Reference> parse(String text) {
      String[] words = text.split(" ");
      if (words.length != 4 || !words[0].equals(VERSION)) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Reference(words[1], Long.parseLong(words[2]), words[3]));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  public Reference reference() {
    return new Reference(account.fingerprint(), number, attempt);
  }
}
