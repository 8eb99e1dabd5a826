package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.io.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Goes from record to record through the blocks of a stretch of an Avro file. Each block says how
 * many records it has, and how many bytes: both must come true.
 */
final class AvroBlocks implements Closeable {
  /** Records can be such that they take no bytes, but so many in a block are a damaged count. */
  private static final int MOST_EMPTY = 1 << 24;

  private final AvroFile file;
  private final AvroCodec codec;
  private final long end;
  private final long start;

  /** Where the block begins that is read, and the one behind it. */
  private long block;

  private long next;
  private long left;
  private byte[] buffer = new byte[0];
  private BinaryDecoder records;

  /**
   * @param file closed with this
   * @param end the stretch's last byte and one
   * @param checked whether to see first that all of the file is there
   */
  AvroBlocks(AvroFile file, long start, long end, boolean checked) throws IOException {
    this.file = file;
    this.start = start;
    this.end = end;
    try {
      codec = AvroCodec.of(file);
      next = checked ? file.checkedFrom(start) : file.from(start);
      block = next;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Stands before the next record.
   *
   * @return what to read it from, it and nothing else; null if there is none in the stretch
   */
  BinaryDecoder next() throws IOException {
    while (left == 0) {
      if (records != null && !records.isEnd()) {
        throw new IOException("its block at byte " + block + " has more than its records");
      }
      if (next >= end || next >= file.length()) {
        records = null;
        return null;
      }
      load();
    }
    left--;
    return records;
  }

  private void load() throws IOException {
    block = next;
    AvroFile.Block read = file.read(block, buffer);
    buffer = read.bytes().array();
    next = read.next();
    left = read.count();
    ByteBuffer bytes;
    try {
      bytes = codec.unpack(read.bytes());
    } catch (RuntimeException e) {
      throw new IOException("its block at byte " + block + " is damaged: " + Reason.of(e), e);
    }
    if (left > MOST_EMPTY && left > bytes.remaining()) {
      throw new IOException(
          "its block at byte "
              + block
              + " has "
              + left
              + " records in "
              + bytes.remaining()
              + " bytes");
    }
    records =
        DecoderFactory.get()
            .binaryDecoder(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), records);
  }

  /** How much of the stretch is read, from 0 to 1. */
  float progress() {
    long until = Math.min(end, file.length());
    return until <= start
        ? 1
        : Math.max(0, Math.min(1f, (block - start) / (float) (until - start)));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
