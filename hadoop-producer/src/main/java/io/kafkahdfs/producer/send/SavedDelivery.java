package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.ProgressFile;
import io.kafkahdfs.producer.commit.SplitNote;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress is saved in a file as records are acknowledged. Before any record is sent, the file says
 * up to which one that may continue without saving again: after a failure it is known which records
 * may be in Kafka twice.
 */
final class SavedDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(SavedDelivery.class);

  private final RecordSender sender;
  private final ProgressFile file;
  private final SavePace pace;
  private final LongSupplier nanos;
  private final Start start;
  private ProgressFile.Saved saved;
  private long savedAt;

  private SavedDelivery(
      RecordSender sender, ProgressFile file, Pace most, LongSupplier nanos, Start start) {
    this.sender = sender;
    this.file = file;
    this.pace = new SavePace(most);
    this.nanos = nanos;
    this.start = start;
  }

  /**
   * @param most how many records may be sent without saving, and how long
   * @param nanos the clock
   */
  static SavedDelivery begin(
      RecordSender sender,
      ProgressFile file,
      Pace most,
      LongSupplier nanos,
      int split,
      String fingerprint)
      throws IOException {
    Optional<ProgressFile.Saved> saved = file.read();
    SplitNote note =
        saved.isPresent() ? note(saved.get(), split, fingerprint) : SplitNote.none(fingerprint);
    long done = saved.map(ProgressFile.Saved::done).orElse(0L);
    long maybeSent = saved.map(ProgressFile.Saved::maybeSent).orElse(0L);
    long maybeRepeated = saved.map(ProgressFile.Saved::maybeRepeated).orElse(0L);
    SavedDelivery delivery =
        new SavedDelivery(
            sender, file, most, nanos, new Start(done, maybeSent, maybeRepeated, note));
    delivery.allowMore(done, note);
    return delivery;
  }

  private static SplitNote note(ProgressFile.Saved saved, int split, String fingerprint)
      throws LoaderException {
    Optional<SplitNote> note =
        saved.account() == null ? SplitNote.parse(saved.note()) : Optional.of(saved.account());
    return note.filter(known -> known.fingerprint().equals(fingerprint))
        .orElseThrow(
            () ->
                new LoaderException(
                    ExitCode.FAILURE,
                    "Progress is kept for split "
                        + split
                        + " of this export's id, but of other input. Use another --export-id"));
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
      long number,
      RecordSender.Acknowledgement acknowledgement)
      throws IOException {
    sender.send(record, topic, partition, number, acknowledgement);
  }

  @Override
  public boolean isDue(long done, long ahead) {
    return pace.now().isOver(done - saved.done(), nanos.getAsLong() + ahead - savedAt);
  }

  @Override
  public long saved() {
    return saved.done();
  }

  @Override
  public void save(long done, Account account) throws IOException {
    sender.flush();
    SplitNote note = account.settle(done).note();
    long now = nanos.getAsLong();
    pace.sent(done - saved.done(), now - savedAt);
    allowMore(done, note);
    pace.saved(savedAt - now);
  }

  /** Writes, before they are sent, that as many more may have been sent as the pace allows. */
  private void allowMore(long done, SplitNote note) throws IOException {
    write(done, done + pace.now().records(), note);
    savedAt = nanos.getAsLong();
  }

  /** What is not acknowledged stays open; what was sent again meanwhile is counted. */
  @Override
  public void fail() {
    try {
      write(saved.done(), saved.maybeSent(), saved.account());
    } catch (IOException e) {
      LOG.warn("Records that were sent again were not counted: {}", e.toString());
    } finally {
      close();
    }
  }

  /** An attempt that still can narrows down what may be duplicates. */
  @Override
  public void abandon(long done, long maybeSent, Account account) {
    try {
      sender.flush();
      write(done, maybeSent, account.settle(done).note());
    } catch (IOException e) {
      LOG.warn("Progress was not saved: records may be sent twice: {}", e.toString());
    } finally {
      close();
    }
  }

  private void write(long done, long maybeSent, SplitNote note) throws IOException {
    long repeated =
        start.maybeRepeated() + start.maybeSent() - start.done() + sender.maybeRepeated();
    saved =
        new ProgressFile.Saved(done, Math.max(start.maybeSent(), maybeSent), repeated, null, note);
    file.save(saved);
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
