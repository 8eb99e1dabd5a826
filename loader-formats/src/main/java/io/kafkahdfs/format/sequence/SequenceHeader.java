package io.kafkahdfs.format.sequence;

import io.kafkahdfs.format.io.Chain;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.io.compress.DefaultCodec;

/**
 * What stands at the beginning of a SequenceFile, and where its blocks are: what is between two
 * marks. Hadoop's reader has no way to tell a codec that is missing from a file that is damaged,
 * and begins at a mark also where it stands within a record.
 *
 * @see <a
 *     href="https://hadoop.apache.org/docs/stable/api/org/apache/hadoop/io/SequenceFile.html">The
 *     format</a>
 */
final class SequenceHeader implements Chain {
  private static final byte[] MAGIC = {'S', 'E', 'Q'};
  private static final int MARK_BYTES = 16;
  private static final int ESCAPE = -1;

  /** Of a class. */
  private static final int MOST_NAME_BYTES = 64 << 10;

  /** From which version on something is there. */
  private static final int WITH_MARKS = 2;

  private static final int WITH_BLOCKS = 4;
  private static final int WITH_CODECS = 5;
  private static final int WITH_METADATA = 6;

  private final FSDataInputStream in;
  private final long length;
  private final String keyType;
  private final String valueType;
  private final boolean blocks;
  private final Optional<String> codec;

  /** An escape, and the file's own 16 bytes. */
  private final byte[] mark = new byte[Integer.BYTES + MARK_BYTES];

  private final long first;

  /**
   * Reads it.
   *
   * @param in is moved by this and all methods
   * @throws IOException if it is no SequenceFile
   */
  SequenceHeader(FSDataInputStream in, long length) throws IOException {
    this.in = in;
    this.length = length;
    byte[] magic = in.readNBytes(MAGIC.length + 1);
    if (magic.length <= MAGIC.length || !Arrays.equals(Arrays.copyOf(magic, 3), MAGIC)) {
      throw new IOException("it is no SequenceFile");
    }
    int version = magic[MAGIC.length];
    if (version < WITH_MARKS || version > WITH_METADATA) {
      throw new IOException("it is a SequenceFile of version " + version);
    }
    keyType = name(version);
    valueType = name(version);
    boolean compressed = in.readBoolean();
    blocks = version >= WITH_BLOCKS && in.readBoolean();
    codec =
        !compressed
            ? Optional.empty()
            : Optional.of(version < WITH_CODECS ? DefaultCodec.class.getName() : name(version));
    if (version >= WITH_METADATA) {
      passMetadata();
    }
    Arrays.fill(mark, 0, Integer.BYTES, (byte) ESCAPE);
    in.readFully(mark, Integer.BYTES, MARK_BYTES);
    first = in.getPos();
  }

  private String name(int version) throws IOException {
    try {
      return version < WITH_BLOCKS ? in.readUTF() : Text.readString(in, MOST_NAME_BYTES);
    } catch (CharacterCodingException | UTFDataFormatException e) {
      throw new IOException("its header has a name that is no text", e);
    }
  }

  /** Names and values that nobody here asks for. */
  private void passMetadata() throws IOException {
    int entries = in.readInt();
    if (entries < 0) {
      throw new IOException("its header is damaged");
    }
    for (long i = 0; i < 2L * entries; i++) {
      pass(WritableUtils.readVInt(in));
    }
  }

  String keyType() {
    return keyType;
  }

  String valueType() {
    return valueType;
  }

  /** What stands before each block but the first of a file without compressed blocks. */
  byte[] mark() {
    return mark;
  }

  long length() {
    return length;
  }

  /** Whether many records are compressed together. */
  boolean inBlocks() {
    return blocks;
  }

  /** The class of its codec, if it is compressed. */
  Optional<String> codec() {
    return codec;
  }

  @Override
  public long first() {
    return first;
  }

  /** Where the first block begins that does not begin before a byte, or the file's length. */
  long from(long start) throws IOException {
    return from(start, in, mark, length);
  }

  @Override
  public long next(long block) throws IOException {
    in.seek(block);
    if (block > first || blocks) {
      byte[] found = new byte[mark.length];
      in.readFully(found);
      if (!Arrays.equals(found, mark)) {
        throw new IOException("there is no mark at byte " + block);
      }
    }
    if (blocks) {
      passBlock();
      return in.getPos();
    }
    while (in.getPos() < length) {
      int size = in.readInt();
      if (size == ESCAPE) {
        return in.getPos() - Integer.BYTES;
      }
      int keySize = in.readInt();
      if (keySize < 0 || size < keySize) {
        throw new IOException("a record has " + size + " bytes, and its key " + keySize);
      }
      pass(size);
    }
    return length;
  }

  /** The number of records; lengths of keys, keys, lengths of values, values. */
  private void passBlock() throws IOException {
    WritableUtils.readVInt(in);
    for (int i = 0; i < 4; i++) {
      pass(WritableUtils.readVInt(in));
    }
  }

  private void pass(int bytes) throws IOException {
    long until = in.getPos() + bytes;
    if (bytes < 0 || until > length) {
      throw new IOException(bytes + " bytes do not end within the file");
    }
    in.seek(until);
  }
}
