package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.producer.commit.ProgressFile;
import io.kafkahdfs.producer.commit.SplitNote;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress is saved in a file as records are acknowledged. Before any record is sent, the file says
 * up to which one that may go on without saving again: after a failure it is known which records
 * may be in Kafka twice.
 */
final class SavedDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(SavedDelivery.class);

  private final RecordSender sender;
  private final ProgressFile file;
  private final SavePace pace;
  private final Start start;
  private ProgressFile.Saved saved;
  private long savedAt;

  private SavedDelivery(RecordSender sender, ProgressFile file, Pace most, Start start) {
    this.sender = sender;
    this.file = file;
    this.pace = new SavePace(most);
    this.start = start;
  }

  /**
   * @param most how many records may be sent without saving, and how long
   */
  static SavedDelivery begin(
      RecordSender sender, ProgressFile file, Pace most, int split, String fingerprint)
      throws IOException {
    Optional<ProgressFile.Saved> saved = file.read();
    SplitNote note =
        saved.isPresent()
            ? Notes.check(saved.get().note(), split, fingerprint)
            : SplitNote.none(fingerprint);
    long done = saved.map(ProgressFile.Saved::done).orElse(0L);
    long maybeSent = saved.map(ProgressFile.Saved::maybeSent).orElse(0L);
    long maybeRepeated = saved.map(ProgressFile.Saved::maybeRepeated).orElse(0L);
    SavedDelivery delivery =
        new SavedDelivery(sender, file, most, new Start(done, maybeSent, maybeRepeated, note));
    delivery.allowMore(done, note);
    return delivery;
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
    return pace.now();
  }

  @Override
  public void save(long done, SplitNote note) throws IOException {
    sender.flush();
    long now = System.nanoTime();
    pace.sent(done - saved.done(), now - savedAt);
    allowMore(done, note);
    pace.saved(savedAt - now);
  }

  /** Writes, before they are sent, that as many more may have been sent as the pace allows. */
  private void allowMore(long done, SplitNote note) throws IOException {
    write(done, done + pace.now().records(), note.text());
    savedAt = System.nanoTime();
  }

  /** What is not acknowledged stays open; what was sent again meanwhile is counted. */
  @Override
  public void fail() {
    try {
      write(saved.done(), saved.maybeSent(), saved.note());
    } catch (IOException e) {
      LOG.warn("Records that were sent again were not counted: {}", e.toString());
    } finally {
      close();
    }
  }

  /** An attempt that still can narrows down what may be there twice. */
  @Override
  public void abandon(long done, long maybeSent, Supplier<SplitNote> note) {
    try {
      sender.flush();
      write(done, maybeSent, note.get().text());
    } catch (IOException e) {
      LOG.warn("Progress was not saved: records may be sent twice: {}", e.toString());
    } finally {
      close();
    }
  }

  private void write(long done, long maybeSent, String note) throws IOException {
    long repeated =
        start.maybeRepeated() + start.maybeSent() - start.done() + sender.maybeRepeated();
    saved = new ProgressFile.Saved(done, Math.max(start.maybeSent(), maybeSent), repeated, note);
    file.save(saved);
  }

  @Override
  public void close() {
    sender.close();
  }
}
