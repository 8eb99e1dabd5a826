package io.kafkahdfs.producer.commit;

import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A split's progress in a file, for brokers that cannot keep it. */
public final class ProgressFile {
  private final FileStore store;
  private final Path file;
  private final Path draft;

  /**
   * @param attempt whose it is; two attempts that both believe to be alive draft it apart
   */
  public ProgressFile(FileStore store, ExportFolder folder, int split, String attempt) {
    this.store = store;
    this.file = folder.progress(split);
    this.draft = new Path(folder.progress(), attempt + ".draft");
  }

  /**
   * How far a split came.
   *
   * @param done how many of its records were acknowledged, from the first one on
   * @param maybeSent how many may have been sent: what is between both may be in Kafka or not
   * @param maybeRepeated how many records at most earlier attempts have repeated
   * @param note a {@link SplitNote} as the text that earlier versions wrote; null else
   * @param account what became of the records that are done; null in the form of earlier versions
   */
  public record Saved(
      long done,
      long maybeSent,
      long maybeRepeated,
      @MayBeNull String note,
      @AddedLater SplitNote account) {
    public Saved {
      StoredValue.counts("progress", done, maybeSent, maybeRepeated);
      if (note == null && account == null) {
        throw new IllegalArgumentException("there is neither account nor note");
      }
    }
  }

  /** What was saved last. */
  public Optional<Saved> read() throws IOException {
    try {
      return Optional.of(
          Json.readSealed(
              store,
              file,
              Saved.class,
              "What was sent is not known any more: set --again to send all of it anew."));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  public void save(Saved saved) throws IOException {
    AtomicFile.replace(store, draft, file, Json.writeSealed(saved));
  }
}
