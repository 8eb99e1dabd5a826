package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.TransactionNote;
import io.kafkahdfs.producer.commit.TransactionNotes;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Progress is part of the transactions that carry the records: each record is sent once. What
 * became of the records stands in HDFS, in a note that is written before its transaction is
 * committed; Kafka keeps which note it is.
 */
final class TransactionalDelivery implements Delivery {
  private final TransactionalSender sender;
  private final TransactionNotes notes;
  private final PartitionId anchor;
  private final Pace pace;
  private final LongSupplier nanos;
  private final Start start;
  private long number;
  private long saved;
  private long savedAt;

  private TransactionalDelivery(
      TransactionalSender sender,
      TransactionNotes notes,
      PartitionId anchor,
      Pace pace,
      LongSupplier nanos,
      ProgressSearch.Found found) {
    this.sender = sender;
    this.notes = notes;
    this.anchor = anchor;
    this.pace = pace;
    this.nanos = nanos;
    this.start = new Start(found.done(), found.done(), 0, found.account());
    this.number = found.number();
  }

  /**
   * @param sender it has shut out earlier attempts, so that their progress stands still
   * @param anchor a partition to file progress under
   * @param nanos the clock
   */
  static TransactionalDelivery begin(
      TransactionalSender sender,
      TransactionNotes notes,
      PartitionId anchor,
      Pace pace,
      LongSupplier nanos,
      ProgressSearch search)
      throws IOException {
    ProgressSearch.Found found = search.find(sender.progress(anchor), notes.read());
    TransactionalDelivery delivery =
        new TransactionalDelivery(sender, notes, anchor, pace, nanos, found);
    // That this attempt has begun is known, in HDFS and in Kafka, before it sends anything.
    delivery.commit(found.done(), new Settled(found.account(), 0, List.of()));
    notes.removeEarlier();
    return delivery;
  }

  @Override
  public Start start() {
    return start;
  }

  @Override
  public void send(
      KafkaRecord record,
      String topic,
      int partition,
      long recordNumber,
      RecordSender.Acknowledgement acknowledgement)
      throws IOException {
    sender.send(record, topic, partition, recordNumber, acknowledgement);
  }

  @Override
  public boolean isDue(long done, long ahead) {
    return pace.isOver(done - saved, nanos.getAsLong() + ahead - savedAt);
  }

  @Override
  public long saved() {
    return saved;
  }

  @Override
  public void save(long done, Account account) throws IOException {
    sender.flush();
    commit(done, account.settle(done));
  }

  private void commit(long done, Settled settled) throws IOException {
    number++;
    TransactionNote note =
        new TransactionNote(
            notes.id(),
            number,
            notes.attempt(),
            done,
            settled.sent(),
            settled.witnesses(),
            settled.note());
    notes.write(note);
    // The commit point: records, progress, and by its name the note.
    sender.commit(anchor, new SendProgress(done, note.reference().text()));
    saved = done;
    savedAt = nanos.getAsLong();
  }

  /** What is not committed was never there. */
  @Override
  public void abandon(long done, long maybeSent, Account account) {
    close();
  }

  @Override
  public void fail() {
    close();
  }

  @Override
  public long maybeRepeated() {
    return sender.maybeRepeated();
  }

  @Override
  public void close() {
    sender.close();
  }
}
