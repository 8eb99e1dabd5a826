package io.kafkahdfs.producer.send;

import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.read.InputAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds what was sent of a split against what was read, over all its attempts. */
final class SplitAccount {
  private final InputAccount input;
  private final Delivery.Start start;
  private final long[] sent;
  private long current;

  SplitAccount(InputAccount input, Delivery.Start start) {
    this.input = input;
    this.start = start;
    this.sent = new long[input.split().parts().size()];
    this.current = start.done();
  }

  /** Whether the input has moved on since the last record that was sent. */
  boolean isNewInput() {
    return input.position() != current;
  }

  /** The input's last record is sent; a mapper may send several for one. */
  void sent() {
    if (isNewInput()) {
      current = input.position();
      sent[input.part()]++;
    }
  }

  /**
   * What is kept with progress.
   *
   * @param tally what was sent
   * @param done how many records are done: all that were read, or all but the last one
   */
  SplitNote note(SendTally tally, long done) {
    SortedMap<Integer, Long> filtered = new TreeMap<>();
    int last = partOfLastRecord();
    for (int part = 0; part < sent.length; part++) {
      long count = filtered(part) - (part == last ? filteredBehind(done) : 0);
      if (count != 0) {
        filtered.put(part, count);
      }
    }
    return new SplitNote(
        start.note().fingerprint(),
        start.note().records() + tally.sum(),
        filtered,
        tally.partitions());
  }

  /** The next part may have been begun, and nothing of it read. */
  private int partOfLastRecord() {
    int part = input.part();
    while (part > 0 && input.read(part) == 0) {
      part--;
    }
    return part;
  }

  /** Of the record that was read last nothing may have been sent yet: it only looks filtered. */
  private long filteredBehind(long done) {
    return input.position() > done && isNewInput() && !input.lastIsBad() ? 1 : 0;
  }

  private long filtered(int part) {
    return start.note().filtered().getOrDefault(part, 0L) + input.forwarded(part) - sent[part];
  }

  /**
   * What became of all records; once all are read.
   *
   * @param maybeRepeated how many records at most this attempt has sent twice
   */
  SplitReport report(SendTally tally, long maybeRepeated, String attempt) {
    List<FilePart> parts = input.split().parts();
    List<SplitReport.File> files = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      FilePart in = parts.get(part);
      long read = input.read(part);
      long bad = input.bad(part);
      long filtered = filtered(part);
      files.add(
          new SplitReport.File(
              in.file().path(), in.start(), read, read - filtered - bad, filtered, bad));
    }
    SplitNote note = note(tally, input.position());
    return new SplitReport(
        input.split().index(),
        note.fingerprint(),
        attempt,
        files,
        note.partitions(),
        note.records(),
        maybeRepeated
            + start.maybeRepeated()
            + Math.max(0, Math.min(start.maybeSent(), input.position()) - start.done()));
  }
}
