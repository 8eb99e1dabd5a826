package io.kafkahdfs.format.sequence;

import io.kafkahdfs.format.io.PackedBlocks;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.io.Unpacked;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Lz4Codec;
import org.apache.hadoop.io.compress.SnappyCodec;

/**
 * Keys and values of a stretch of a SequenceFile, as they were serialized. Hadoop's own reader
 * makes room for as much as a length says, takes a block that is cut short for the end of the file,
 * and tells of a mark only once it has read on.
 */
final class SequenceRecords implements Closeable {
  private static final int ESCAPE = -1;

  private final FSDataInputStream in;
  private final SequenceHeader header;
  private final Optional<CompressionCodec> codec;
  private final long end;
  private final Serialized packed = new Serialized();
  private final Serialized key = new Serialized();
  private final Serialized value = new Serialized();
  private final byte[] found;

  /** Where the record or block begins that is read. */
  private long at;

  /** How many records of the block are still to come, and where they are. */
  private long left;

  private DataInputStream keyLengths;
  private DataInputStream keys;
  private DataInputStream valueLengths;
  private DataInputStream values;

  /**
   * @param in closed with this
   * @param end what begins there is of another stretch
   */
  SequenceRecords(
      FSDataInputStream in, SequenceHeader header, Optional<CompressionCodec> codec, long end) {
    this.in = in;
    this.header = header;
    this.codec = codec;
    this.end = end;
    this.found = new byte[header.mark().length];
  }

  /**
   * Moves to the next record.
   *
   * @return false if there is none in the stretch
   */
  boolean next() throws IOException {
    try {
      return header.inBlocks() ? nextOfBlock() : nextAlone();
    } catch (IOException e) {
      throw damaged(e);
    } catch (RuntimeException e) {
      // What codecs say of bytes that they have not made.
      throw damaged(e);
    }
  }

  private IOException damaged(Exception e) {
    String what = header.inBlocks() ? "its block at byte " : "its record at byte ";
    return e instanceof EOFException
        ? new EOFException(what + at + " is cut short")
        : new IOException(what + at + " is damaged: " + Reason.of(e), e);
  }

  private boolean nextAlone() throws IOException {
    while (true) {
      at = in.getPos();
      if (at >= header.length()) {
        return false;
      }
      int size = in.readInt();
      if (size == ESCAPE) {
        checkMark(Integer.BYTES);
        if (at >= end) {
          return false;
        }
        continue;
      }
      int keySize = in.readInt();
      if (keySize < 0 || size < keySize) {
        throw new IOException("it has " + size + " bytes, and its key " + keySize);
      }
      checkWithin(size);
      key.read(in, keySize);
      if (codec.isEmpty()) {
        value.read(in, size - keySize);
      } else {
        try (InputStream unpacked = part(size - keySize)) {
          value.readAll(unpacked);
        }
      }
      return true;
    }
  }

  private boolean nextOfBlock() throws IOException {
    while (left == 0) {
      if (keyLengths != null && keyLengths.read() >= 0) {
        throw new IOException("it has more than its records");
      }
      at = in.getPos();
      if (at >= header.length() || at >= end) {
        return false;
      }
      nextBlock();
    }
    left--;
    key.read(keys, WritableUtils.readVInt(keyLengths));
    value.read(values, WritableUtils.readVInt(valueLengths));
    return true;
  }

  private void nextBlock() throws IOException {
    closeBlock();
    checkMark(0);
    left = WritableUtils.readVInt(in);
    if (left < 0) {
      throw new IOException("it has " + left + " records");
    }
    keyLengths = nextPart();
    keys = nextPart();
    valueLengths = nextPart();
    values = nextPart();
  }

  private DataInputStream nextPart() throws IOException {
    int size = WritableUtils.readVInt(in);
    checkWithin(size);
    // Lengths are read byte by byte.
    return new DataInputStream(new BufferedInputStream(part(size)));
  }

  private InputStream part(int size) throws IOException {
    packed.read(in, size);
    InputStream bytes = new ByteArrayInputStream(Arrays.copyOf(packed.bytes(), packed.length()));
    CompressionCodec its = codec.orElseThrow();
    return its instanceof SnappyCodec || its instanceof Lz4Codec
        ? new PackedBlocks(its, bytes)
        : new Unpacked(its, bytes);
  }

  /** Of which so many bytes are read already. */
  private void checkMark(int read) throws IOException {
    in.readFully(found, read, found.length - read);
    if (!Arrays.equals(found, read, found.length, header.mark(), read, found.length)) {
      throw new IOException("there is no mark");
    }
  }

  private void checkWithin(int size) throws IOException {
    if (size < 0) {
      throw new IOException("something in it has " + size + " bytes");
    }
    if (size > header.length() - in.getPos()) {
      throw new EOFException();
    }
  }

  Serialized key() {
    return key;
  }

  Serialized value() {
    return value;
  }

  /** Where in the file it has come to. */
  long position() throws IOException {
    return in.getPos();
  }

  private void closeBlock() throws IOException {
    for (DataInputStream part : new DataInputStream[] {keyLengths, keys, valueLengths, values}) {
      if (part != null) {
        part.close();
      }
    }
    keyLengths = keys = valueLengths = values = null;
  }

  @Override
  public void close() throws IOException {
    try {
      closeBlock();
    } finally {
      in.close();
    }
  }
}
