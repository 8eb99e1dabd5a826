package io.kafkahdfs.producer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A split's progress in a file, for brokers that cannot keep it. Each attempt has a folder of its
 * own, which it makes of that of the attempt before it, in one rename: from then on that one cannot
 * save, and so cannot continue sending.
 */
public final class ProgressFile {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressFile.class);

  private final FileStore store;
  private final Path file;
  private final Path draft;

  private ProgressFile(FileStore store, Path file, Path draft) {
    this.store = store;
    this.file = file;
    this.draft = draft;
  }

  /**
   * Takes a split's progress over from the attempts before this one.
   *
   * @param attempt whose it is now
   * @throws LoaderException if it is gone: the export is done
   */
  public static ProgressFile take(FileStore store, RoundFolder round, int split, String attempt)
      throws IOException {
    if (!round.isApart()) {
      // The plan of an earlier version, which knew of no such folders.
      return new ProgressFile(
          store,
          new Path(round.progress(), split + ".json"),
          new Path(round.progress(), attempt + ".draft"));
    }
    while (true) {
      int turn = lastTurn(store, round, split);
      Path folder = new Path(round.progress(), split + "-" + (turn + 1));
      try {
        store.rename(new Path(round.progress(), split + "-" + turn), folder);
        return new ProgressFile(
            store, new Path(folder, "progress.json"), new Path(folder, attempt + ".draft"));
      } catch (FileNotFoundException | FileAlreadyExistsException e) {
        LOG.info("Another attempt was faster than {}: {}", attempt, e.toString());
      }
    }
  }

  /** How often the progress was taken over. */
  private static int lastTurn(FileStore store, RoundFolder round, int split) throws IOException {
    Pattern name = Pattern.compile(split + "-(\\d{1,9})");
    return store.list(round.progress()).stream()
        .map(entry -> name.matcher(entry.name()))
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .max()
        .orElseThrow(() -> gone(round.progress(), null));
  }

  private static LoaderException gone(Path what, FileNotFoundException cause) {
    return new LoaderException(
        ExitCode.BUSY,
        "The progress "
            + what
            + " is gone: another attempt has taken over, another run has finished this export, or"
            + " somebody removed it. Nothing is sent without it. Run the same command again: it says"
            + " whether the export is done.",
        cause);
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
              "What was sent is not known any more: set another --export-id to send all of it anew."));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws LoaderException if another attempt has taken it over
   */
  public void save(Saved saved) throws IOException {
    try {
      AtomicFile.replace(store, draft, file, Json.writeSealed(saved));
    } catch (FileNotFoundException e) {
      throw gone(file, e);
    }
  }
}
