package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.SplitNote;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Progress is part of the transactions that carry the records: each record is sent once. */
final class TransactionalDelivery implements Delivery {
  private final TransactionalSender sender;
  private final PartitionId anchor;
  private final Pace pace;
  private final Start start;

  private TransactionalDelivery(
      TransactionalSender sender, PartitionId anchor, Pace pace, Start start) {
    this.sender = sender;
    this.anchor = anchor;
    this.pace = pace;
    this.start = start;
  }

  /**
   * @param sender it has shut out earlier attempts, so that their progress stands still
   * @param anchor a partition to file progress under
   */
  static TransactionalDelivery begin(
      TransactionalSender sender, PartitionId anchor, Pace pace, int split, String fingerprint)
      throws IOException {
    Optional<SendProgress> progress = sender.progress(anchor);
    if (progress.isEmpty()) {
      Start start = new Start(0, 0, 0, SplitNote.none(fingerprint));
      return new TransactionalDelivery(sender, anchor, pace, start);
    }
    SplitNote note = Notes.check(progress.get().note(), split, fingerprint);
    long done = progress.get().done();
    return new TransactionalDelivery(sender, anchor, pace, new Start(done, done, 0, note));
  }

  @Override
  public Start start() {
    return start;
  }

  @Override
  public RecordSender sender() {
    return sender;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public void save(long done, SplitNote note) throws LoaderException, IOException {
    sender.commit(anchor, new SendProgress(done, note.text()));
  }

  /** What is not committed was never there. */
  @Override
  public void abandon(long done, long maybeSent, Supplier<SplitNote> note) {
    close();
  }

  @Override
  public void fail() {
    close();
  }

  @Override
  public void close() {
    sender.close();
  }
}
