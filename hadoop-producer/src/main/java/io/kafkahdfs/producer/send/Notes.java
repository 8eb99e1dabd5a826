package io.kafkahdfs.producer.send;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitNote;

/** Reads the notes that progress carries. */
final class Notes {
  private Notes() {}

  /**
   * @throws LoaderException if the note was made for other input
   */
  static SplitNote check(String text, int split, String fingerprint) throws LoaderException {
    return SplitNote.parse(text)
        .filter(note -> note.fingerprint().equals(fingerprint))
        .orElseThrow(
            () ->
                new LoaderException(
                    ExitCode.FAILURE,
                    "Progress is kept for split "
                        + split
                        + " of this export's id, but of other input ("
                        + text
                        + "). Give another --export-id, or --again to forget it."));
  }
}
