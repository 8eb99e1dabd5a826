package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of one range of offsets into files of a staging folder, where nobody sees
 * them. A range without records leaves no file. Several ranges may share the folder. Not for
 * several threads.
 *
 * <p>Once {@link #write} has thrown, the range is given up: it and {@link #finish} refuse to go on.
 * Files that were begun stay: whoever owns the staging folder removes it.
 */
public final class RollingFileWriter implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RollingFileWriter.class);
  private static final long NONE = -1;

  private final FileStore store;
  private final Path staging;
  private final OffsetRange range;
  private final EncodeSettings settings;
  private final Configuration configuration;
  private final long rollBytes;
  private final List<WrittenFile> files = new ArrayList<>();

  /** The file that is being written; null between files. */
  private RecordEncoder encoder;

  private StagedFile file;
  private String staged;
  private int filesBegun;
  private long firstOffset;
  private long recordsInFile;

  private long lastOffset = NONE;
  private long recordsWritten;
  private long offsetsWritten;
  private boolean done;

  /**
   * Touches nothing yet.
   *
   * @param staging the folder of the attempt, made when the first record comes
   * @param range whose records will come
   * @param rollBytes the length from which on a file is full and the next offset begins another, 1
   *     or more. Files get longer by what {@link RecordEncoder#bytes} does not know yet, and by the
   *     last record.
   */
  public RollingFileWriter(
      FileStore store,
      Path staging,
      OffsetRange range,
      EncodeSettings settings,
      Configuration configuration,
      long rollBytes) {
    if (rollBytes < 1) {
      throw new IllegalArgumentException("Files cannot be rolled at " + rollBytes + " bytes");
    }
    this.store = store;
    this.staging = staging;
    this.range = range;
    this.settings = settings;
    this.configuration = configuration;
    this.rollBytes = rollBytes;
  }

  /**
   * Appends a record. Offsets may be left out and may come several times in a row, but never go
   * back. The records of one offset stand in one file.
   *
   * @throws LoaderException if the record does not belong here
   */
  public void write(KafkaRecord record) throws IOException {
    checkOpen();
    boolean written = false;
    try {
      append(record);
      written = true;
    } finally {
      if (!written) {
        // A mapper that catches this must not get away with a file that lacks the record.
        close();
      }
    }
  }

  /**
   * Closes the last file.
   *
   * @return all files, by offset; whole on disk as far as the file system promises that at close
   */
  public List<WrittenFile> finish() throws IOException {
    checkOpen();
    done = true;
    if (encoder != null) {
      finishFile();
    }
    return List.copyOf(files);
  }

  /** How many records were written. */
  public long recordsWritten() {
    return recordsWritten;
  }

  /** How many offsets have a record in the files: several records of one offset count once. */
  public long offsetsWritten() {
    return offsetsWritten;
  }

  /**
   * Gives up, unless {@link #finish} was there before: lets go of the open file as it is, without
   * encoding what it still holds back. Never throws; a second call does nothing.
   */
  @Override
  public void close() {
    done = true;
    if (file != null) {
      file.close();
    }
    file = null;
    encoder = null;
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException("The files of " + range + " are finished, or given up");
    }
  }

  private void append(KafkaRecord record) throws IOException {
    checkPlace(record);
    boolean newOffset = record.offset() != lastOffset;
    if (newOffset && encoder != null && encoder.bytes() >= rollBytes) {
      finishFile();
    }
    if (encoder == null) {
      beginFile(record.offset());
    }
    encoder.write(record);
    recordsInFile++;
    recordsWritten++;
    if (newOffset) {
      offsetsWritten++;
      lastOffset = record.offset();
    }
  }

  private void checkPlace(KafkaRecord record) throws LoaderException {
    if (!record.partition().equals(range.partition())
        || !range.contains(record.offset())
        || record.offset() < lastOffset) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "A record for offset "
              + record.offset()
              + " of "
              + record.partition()
              + " came while "
              + range
              + " is written"
              + (lastOffset == NONE ? "" : ", after offset " + lastOffset)
              + ". A mapper must keep a record's place: it may change its key, value, timestamp and"
              + " headers, leave it out or make several of it, but each with the topic, partition"
              + " and offset of the one it was given, and in their order.");
    }
  }

  private void beginFile(long offset) throws IOException {
    if (filesBegun == 0) {
      store.mkdirs(staging);
    }
    staged =
        PathLayout.stagedName(range.partition(), range.from(), filesBegun, settings.extension());
    filesBegun++;
    file = new StagedFile(store, new Path(staging, staged), configuration);
    encoder = settings.create(file, Provenance.of(range.partition()));
    firstOffset = offset;
    recordsInFile = 0;
  }

  private void finishFile() throws IOException {
    encoder.close();
    String target =
        PathLayout.path(
            new DataFileName(range.partition(), firstOffset, lastOffset, settings.extension()));
    files.add(
        new WrittenFile(
            staged,
            target,
            range.partition(),
            firstOffset,
            lastOffset,
            recordsInFile,
            encoder.bytes(),
            file.crc32c()));
    LOG.debug("Wrote {} records to {} for {}", recordsInFile, staged, target);
    file = null;
    encoder = null;
  }
}
