package io.kafkahdfs.examples;

import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The lines of a file as values without keys: their bytes as they are, without the line feed. */
final class Lines implements Iterator<TestRecord>, Closeable {
  private final InputStream in;
  private int next;

  Lines(Path file) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    next = in.read();
  }

  /** How many lines a file has; what stands behind the last line feed is one too. */
  static long count(Path file) throws IOException {
    long count = 0;
    try (Lines lines = new Lines(file)) {
      while (lines.hasNext()) {
        lines.next();
        count++;
      }
    }
    return count;
  }

  @Override
  public boolean hasNext() {
    return next >= 0;
  }

  @Override
  public TestRecord next() {
    if (next < 0) {
      throw new NoSuchElementException();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = in.read();
      }
      next = in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestRecord(null, line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
