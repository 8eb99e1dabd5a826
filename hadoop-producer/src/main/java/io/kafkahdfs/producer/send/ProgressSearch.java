package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.TransactionNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how far a split came, from what Kafka keeps and from the notes in HDFS. Kafka forgets
 * progress: after {@code offsets.retention.minutes}, with the topic that it is filed under, or as
 * an operator likes. Progress that is gone is told from progress that never was by the notes, and
 * how far it came is read back from the topics. It never begins at 0 because it knows no better.
 */
final class ProgressSearch {
  private final int split;
  private final String fingerprint;
  private final WitnessCheck witnesses;
  private final boolean notesBeginnings;

  /**
   * @param fingerprint the split's
   * @param witnesses what reads records back
   * @param notesBeginnings whether every attempt of this plan has left a note; not in plans of
   *     earlier versions
   */
  ProgressSearch(int split, String fingerprint, WitnessCheck witnesses, boolean notesBeginnings) {
    this.split = split;
    this.fingerprint = fingerprint;
    this.witnesses = witnesses;
    this.notesBeginnings = notesBeginnings;
  }

  /**
   * How far a split came.
   *
   * @param number of its last transaction
   */
  record Found(long done, long number, SplitNote account) {
    static Found of(TransactionNote note) {
      return new Found(note.done(), note.number(), note.account());
    }
  }

  /**
   * @param progress what Kafka keeps
   * @param notes what is in HDFS
   * @throws LoaderException if it cannot be determined
   */
  Found find(Optional<SendProgress> progress, List<TransactionNote> notes) throws IOException {
    for (TransactionNote note : notes) {
      check(note.account().fingerprint(), String.valueOf(note.reference()));
    }
    Optional<Found> kept = kept(progress, notes);
    if (kept.isEmpty() && notes.isEmpty()) {
      return begin();
    }
    long known = kept.map(Found::number).orElse(0L);
    Found best = kept.orElse(new Found(0, 0, SplitNote.none(fingerprint)));
    long most = best.number();
    Set<TransactionNote.Reference> followed = followed(notes);
    List<TransactionNote> doubtful = new ArrayList<>();
    for (TransactionNote note : notes) {
      most = Math.max(most, note.number());
      if (note.number() <= known) {
        continue;
      }
      if (note.sent() == 0 || followed.contains(note.reference())) {
        best = later(best, note);
        continue;
      }
      switch (witnesses.of(note)) {
        case COMMITTED -> best = later(best, note);
        case NOT_COMMITTED -> {}
        case UNKNOWN -> doubtful.add(note);
      }
    }
    // Next to what Kafka knows that is the transaction that an attempt died in: Kafka's word
    // counts.
    doubtful.removeIf(note -> kept.isPresent() && note.number() == known + 1);
    if (!doubtful.isEmpty()) {
      throw unknown(doubtful.stream().max(Comparator.comparingLong(TransactionNote::number)).get());
    }
    // Numbers continue behind all that were ever given, so that the larger one is the later one.
    return new Found(best.done(), most, best.account());
  }

  private static Found later(Found best, TransactionNote note) {
    return note.done() > best.done()
            || (note.done() == best.done() && note.number() > best.number())
        ? Found.of(note)
        : best;
  }

  /** Those that another note of the same attempt follows: it came after their commit. */
  private static Set<TransactionNote.Reference> followed(List<TransactionNote> notes) {
    Set<TransactionNote.Reference> followed = new HashSet<>();
    for (TransactionNote note : notes) {
      followed.add(
          new TransactionNote.Reference(
              note.account().fingerprint(), note.number() - 1, note.attempt()));
    }
    return followed;
  }

  private Optional<Found> kept(Optional<SendProgress> progress, List<TransactionNote> notes)
      throws LoaderException {
    if (progress.isEmpty()) {
      return Optional.empty();
    }
    String text = progress.get().note();
    Optional<TransactionNote.Reference> reference = TransactionNote.Reference.parse(text);
    if (reference.isEmpty()) {
      SplitNote earlier = SplitNote.parse(text).orElseThrow(() -> ofOtherInput(text));
      check(earlier.fingerprint(), text);
      return Optional.of(new Found(progress.get().done(), 0, earlier));
    }
    check(reference.get().fingerprint(), text);
    return Optional.of(
        notes.stream()
            .filter(note -> note.reference().equals(reference.get()))
            .map(Found::of)
            .findFirst()
            .orElseThrow(() -> noteIsGone(reference.get())));
  }

  private Found begin() throws LoaderException {
    if (!notesBeginnings) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Split "
              + split
              + " was planned by an earlier version of hdfs-to-kafka, more than a day ago, and"
              + " Kafka knows no progress of it. Either nothing was sent of it, or the brokers have"
              + " forgotten how far it came (offsets.retention.minutes). Nothing was sent now. Look"
              + " at what is in the topic, and send what is missing with another --export-id");
    }
    return new Found(0, 0, SplitNote.none(fingerprint));
  }

  private void check(String found, String text) throws LoaderException {
    if (!found.equals(fingerprint)) {
      throw ofOtherInput(text);
    }
  }

  private LoaderException ofOtherInput(String text) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Progress is kept for split "
            + split
            + " of this export's id, but of other input ("
            + text
            + "). Use another --export-id");
  }

  private LoaderException noteIsGone(TransactionNote.Reference reference) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Kafka knows that split "
            + split
            + " came as far as transaction "
            + reference.number()
            + " of "
            + reference.attempt()
            + ", but the note of it is not below --state any more. Put the folder back, or use"
            + " another --export-id to send all of it anew");
  }

  private LoaderException unknown(TransactionNote note) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Split "
            + split
            + " had begun, and Kafka has forgotten how far it came (offsets.retention.minutes, or"
            + " the topic that it is filed under was deleted). Whether its transaction "
            + note.number()
            + " of "
            + note.sent()
            + " records was committed cannot be read back either: "
            + witnesses.reason()
            + ". Nothing was sent. Compare with hdfs-to-kafka verify --deep, and send what is"
            + " missing with another --export-id");
  }
}
