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

  /** All of this id, in no order. */
  public List<TransactionNote> read() throws IOException {
    List<TransactionNote> notes = new ArrayList<>();
    for (FileEntry entry : store.list(folder)) {
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

  /** To be called before the first note is written. */
  public void prepare() throws IOException {
    store.mkdirs(folder);
  }

  /** Takes the place of this attempt's note before the last one. */
  public void write(TransactionNote note) throws IOException {
    AtomicFile.replace(
        store,
        new Path(folder, attempt + ".draft"),
        new Path(folder, attempt + "." + note.number() % 2 + ENDING),
        Json.writeSealed(note));
  }

  /** Removes what other attempts have left, once this one's own note says all that they say. */
  public void removeOthers() throws IOException {
    for (FileEntry entry : store.list(folder)) {
      if (!entry.name().startsWith(attempt + ".")) {
        store.delete(entry.path());
      }
    }
  }
}
