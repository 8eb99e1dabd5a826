package io.kafkahdfs.consumer.write;

import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.store.FileChecksum;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of an attempt while it is written, where nobody sees it. */
public final class StagedFile implements NewFile, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFile.class);

  private final FileStore store;
  private final Path path;
  private final Configuration configuration;
  private final Creator creator;
  private CheckedOutputStream stream;

  /** How files come to be. */
  @FunctionalInterface
  interface Creator {
    OutputStream create(Path path) throws IOException;
  }

  public StagedFile(FileStore store, Path path, Configuration configuration) {
    this(store, path, configuration, store::create);
  }

  StagedFile(FileStore store, Path path, Configuration configuration, Creator creator) {
    this.store = store;
    this.path = path;
    this.configuration = configuration;
    this.creator = creator;
  }

  @Override
  public OutputStream stream() throws IOException {
    stream = new CheckedOutputStream(creator.create(path), new CRC32C());
    return stream;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  /**
   * The CRC-32C of all bytes of the finished file, 8 hexadecimal digits. A file that was not
   * written through the stream is read for it.
   */
  public String crc32c() throws IOException {
    return stream == null
        ? FileChecksum.crc32c(store, path)
        : FileChecksum.text(stream.getChecksum());
  }

  /** Gives up: lets go of the stream as it is. Never throws. */
  @Override
  public void close() {
    if (stream == null) {
      return;
    }
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("Could not close {}, which is given up", path, e);
    }
  }
}
