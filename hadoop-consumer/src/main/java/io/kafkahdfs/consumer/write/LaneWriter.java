package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.Encoding;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of a task attempt into files of a staging folder, where nobody sees them: one
 * open file for each lane. A lane without records has no file. Not for several threads.
 *
 * <p>Once anything but an {@link UnwritableRecordException} was thrown, all is given up: {@link
 * #write} and {@link #finish} refuse then. Files that were begun stay: whoever owns the staging
 * folder removes it.
 */
public final class LaneWriter implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWriter.class);

  private final StagedFiles staged;
  private final String writer;
  private final Layout layout;
  private final Encoding encoding;
  private final Limits limits;
  private final List<WrittenFile> files = new ArrayList<>();

  /** The open files, the one that was written to the longest ago first. */
  private final Map<Lane, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  private final Set<String> folders = new HashSet<>();
  private final Set<String> targets = new HashSet<>();

  /** The one of the last record; null if it is closed. */
  private OpenFile current;

  /** What the layout said of the last record. */
  private Lane lane;

  private int filesBegun;
  private boolean done;

  /**
   * When files are closed.
   *
   * @param rollBytes the length from which on a file is full and the next offset begins another, 1
   *     or more. Files get longer by what {@link OpenFile#bytes} does not know yet, and by the last
   *     record.
   * @param openFiles how many files are open at a time, 1 or more: beyond that the one that was
   *     written to the longest ago is closed, and its lane begins another one if it gets more
   * @param folders how many folders an attempt may write to, 1 or more: more than that are a
   *     mistake, and would fill a NameNode
   */
  public record Limits(long rollBytes, int openFiles, int folders) {
    public Limits {
      if (rollBytes < 1) {
        throw new IllegalArgumentException("Files cannot be rolled at " + rollBytes + " bytes");
      }
      if (openFiles < 1) {
        throw new IllegalArgumentException("No record can be written to " + openFiles + " files");
      }
      if (folders < 1) {
        throw new IllegalArgumentException("No record can be written to " + folders + " folders");
      }
    }
  }

  /**
   * Touches nothing yet.
   *
   * @param staged the files that it may begin; finished and closed with it
   * @param writer names run and task, and sorts as they do: files that partitions share are called
   *     after it
   */
  public LaneWriter(
      StagedFiles staged, String writer, Layout layout, Encoding encoding, Limits limits) {
    this.staged = staged;
    this.writer = writer;
    this.layout =
        encoding.columns().<Layout>map(each -> new ColumnsLayout(layout, each)).orElse(layout);
    this.encoding = encoding;
    this.limits = limits;
  }

  /**
   * Appends a record to the file of its lane.
   *
   * @return false if the layout does not want it
   * @throws UnwritableRecordException if there can be no such record there: nothing of it is
   *     written, and all files are sound
   */
  public boolean write(KafkaRecord record) throws IOException {
    checkOpen();
    boolean sound = false;
    try {
      OpenFile file = fileFor(record);
      if (file != null) {
        file.write(record, layout.isLate());
      }
      sound = true;
      return file != null;
    } catch (UnwritableRecordException e) {
      sound = true;
      throw e;
    } finally {
      if (!sound) {
        // A mapper that catches this must not get away with a file that lacks the record.
        close();
      }
    }
  }

  /** Null if the layout does not want it. */
  private OpenFile fileFor(KafkaRecord record) throws IOException {
    Lane next = layout.lane(record, lane);
    if (next == null) {
      return null;
    }
    if (next != lane || current == null) {
      lane = next;
      current = open.get(lane);
    }
    if (current != null && current.bytes() >= limits.rollBytes() && !current.hasOffsetOf(record)) {
      finish(current);
      current = null;
    }
    if (current == null) {
      current = begin(lane);
    }
    return current;
  }

  private OpenFile begin(Lane next) throws IOException {
    folders.add(next.folder());
    if (folders.size() > limits.folders()) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The records of one task belong into more than "
              + limits.folders()
              + " folders, such as "
              + next.folder()
              + ". Choose a --layout with fewer, or read less at once (--max-records).");
    }
    if (next.columns() != null) {
      finishNarrower(next);
    }
    if (open.size() == limits.openFiles()) {
      finish(open.values().iterator().next());
    }
    int number = filesBegun++;
    StagedFile begun = staged.begin(FileNames.staged(next.topic(), number, encoding.extension()));
    try {
      OpenFile file =
          new OpenFile(
              next, number, begun, encoding.create(begun, next.provenance(), next.columns()));
      open.put(next, file);
      return file;
    } catch (IOException | RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  /** Columns only widen: no more records come for files with those before. */
  private void finishNarrower(Lane next) throws IOException {
    for (OpenFile file : List.copyOf(open.values())) {
      if (file.lane().isBeside(next) && !file.lane().columns().isOfAnotherFamily(next.columns())) {
        finish(file);
      }
    }
  }

  private void finish(OpenFile file) throws IOException {
    if (file.isEmpty()) {
      file.discard();
      open.remove(file.lane());
      return;
    }
    WrittenFile written = file.finish(writer, layout.mark() + encoding.extension());
    open.remove(file.lane());
    if (!targets.add(written.target())) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Two files of one task would be called "
              + written.target()
              + ": a mapper makes records of one offset for more folders than files are open. Raise"
              + " --open-files.");
    }
    files.add(written);
    LOG.debug("Wrote {} for {}", written.staged(), written.target());
  }

  /** Closes the files of a partition's own lanes: no more of its records come. */
  public void endPartition(PartitionId partition) throws IOException {
    OptionalInt number = OptionalInt.of(partition.partition());
    finishAll(
        file ->
            file.lane().partition().equals(number)
                && file.lane().topic().equals(partition.topic()));
  }

  /** Closes all files: what comes now does not share one with what has come. */
  public void endAll() throws IOException {
    finishAll(file -> true);
  }

  private void finishAll(Predicate<OpenFile> chosen) throws IOException {
    orGiveUp(
        () -> {
          for (OpenFile file : List.copyOf(open.values())) {
            if (chosen.test(file)) {
              finish(file);
            }
          }
          current = null;
        });
  }

  /** Some work that leaves nothing sound if it fails. */
  private interface Work {
    void run() throws IOException;
  }

  private void orGiveUp(Work work) throws IOException {
    checkOpen();
    boolean sound = false;
    try {
      work.run();
      sound = true;
    } finally {
      if (!sound) {
        close();
      }
    }
  }

  /**
   * Closes all files.
   *
   * @return all that were written, in the order in which they were closed; they are whole on disk
   */
  public List<WrittenFile> finish() throws IOException {
    endAll();
    orGiveUp(staged::finish);
    done = true;
    return List.copyOf(files);
  }

  /**
   * Gives up, unless {@link #finish} was there before: lets go of the open files as they are,
   * without encoding what is still held back. Never throws; a second call does nothing.
   */
  @Override
  public void close() {
    done = true;
    staged.close();
    open.values().forEach(OpenFile::giveUp);
    open.clear();
    current = null;
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException(
          "The files in " + staged + " are finished, or given up after a failure");
    }
  }
}
