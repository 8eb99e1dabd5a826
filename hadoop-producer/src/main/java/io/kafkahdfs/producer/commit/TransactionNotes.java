package io.kafkahdfs.producer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The notes of a split's transactions. Each attempt keeps its last two, in files of its own: the
 * note of a transaction that is being committed never takes the place of the one before it, and an
 * attempt that was presumed dead cannot overwrite those of its successor.
 */
public final class TransactionNotes {
  private static final String ENDING = ".json";

  private final FileStore store;
  private final Path folder;
  private final String id;
  private final String attempt;
  private final List<Path> earlier = new ArrayList<>();

  /**
   * @param folder the split's
   * @param id its transactional id: what a dead attempt of an earlier plan leaves behind is none of
   *     this one's
   * @param attempt who writes
   */
  public TransactionNotes(FileStore store, Path folder, String id, String attempt) {
    this.store = store;
    this.folder = folder;
    this.id = id;
    this.attempt = attempt;
  }

  public String id() {
    return id;
  }

  public String attempt() {
    return attempt;
  }

  /** All of this id, in no order; to be called before this attempt writes any. */
  public List<TransactionNote> read() throws IOException {
    List<TransactionNote> notes = new ArrayList<>();
    for (FileEntry entry : store.list(folder)) {
      earlier.add(entry.path());
      if (entry.name().endsWith(ENDING)) {
        try {
          TransactionNote note =
              Json.readSealed(AtomicFile.read(store, entry.path()), TransactionNote.class);
          if (note.id().equals(id)) {
            notes.add(note);
          }
        } catch (FileNotFoundException e) {
          // Another attempt has removed it: it does not need it any more.
          continue;
        } catch (IOException e) {
          throw new LoaderException(
              ExitCode.FAILURE, "Cannot understand " + entry.path() + ": " + e.getMessage(), e);
        }
      }
    }
    return notes;
  }

  /**
   * Takes the place of this attempt's note before the last one.
   *
   * @throws LoaderException if the folder is gone, which says that the export is done: nothing may
   *     be sent any more
   */
  public void write(TransactionNote note) throws IOException {
    try {
      AtomicFile.replace(
          store,
          new Path(folder, attempt + ".draft"),
          new Path(folder, attempt + "." + note.number() % 2 + ENDING),
          Json.writeSealed(note));
    } catch (FileNotFoundException e) {
      throw new LoaderException(
          ExitCode.BUSY,
          "The notes "
              + folder
              + " are gone: another run has finished this export, or somebody removed them. Nothing"
              + " is sent without them. Run the same command again: it says whether the export is"
              + " done.",
          e);
    }
  }

  /**
   * Removes what {@link #read} has found, once this attempt's own note says all that it says. What
   * has come since then is a successor's: this attempt may have been presumed dead.
   */
  public void removeEarlier() throws IOException {
    for (Path file : earlier) {
      store.delete(file);
    }
  }
}
