package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.io.AvroLimits;
import io.kafkahdfs.format.io.Chain;
import io.kafkahdfs.format.io.Reason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An Avro file, block by block. Avro's own reader takes a block without records, and a block that
 * is cut short, for the end of the file.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Object
 *     container files</a>
 */
final class AvroFile implements Chain, Closeable {
  private static final int MARK_BYTES = DataFileConstants.SYNC_SIZE;

  /** More than any schema; what claims to be larger is damaged. */
  private static final int MOST_HEADER_BYTES = 16 << 20;

  /** A block that claims to be larger is looked at before there is room made for it. */
  private static final int LARGE_BLOCK_BYTES = 16 << 20;

  static {
    AvroLimits.apply();
  }

  private final Path path;
  private final FSDataInputStream in;

  /** Direct: it reads no byte more than it is asked for, so that the stream can be moved. */
  private final BinaryDecoder numbers;

  private final long length;
  private final Map<String, byte[]> meta = new HashMap<>();
  private final byte[] mark = new byte[MARK_BYTES];
  private long headerBytes;
  private final Schema schema;
  private final long first;

  /**
   * @param count how many records it has
   * @param bytes the records, compressed; what lies behind it is not of the block
   * @param next where the next block begins, or the file's length
   */
  record Block(long count, ByteBuffer bytes, long next) {}

  /**
   * @throws IOException if it is no Avro file
   */
  AvroFile(Path path, Configuration configuration) throws IOException {
    this.path = path;
    FileSystem fileSystem = path.getFileSystem(configuration);
    length = fileSystem.getFileStatus(path).getLen();
    in = fileSystem.open(path);
    numbers = DecoderFactory.get().directBinaryDecoder(in, null);
    try {
      readHeader();
      schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(required("avro.schema"));
      first = in.getPos() == length ? length : in.getPos() - MARK_BYTES;
    } catch (RuntimeException | StackOverflowError e) {
      in.close();
      throw new IOException("its header is damaged: " + Reason.of(e), e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void readHeader() throws IOException {
    byte[] magic = in.readNBytes(DataFileConstants.MAGIC.length);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new IOException("it is no Avro file");
    }
    for (long count = numbers.readMapStart(); count > 0; count = numbers.mapNext()) {
      for (long i = 0; i < count; i++) {
        String key = new String(readBytes(), StandardCharsets.UTF_8);
        meta.put(key, readBytes());
      }
    }
    in.readFully(mark);
  }

  private byte[] readBytes() throws IOException {
    long size = numbers.readLong();
    headerBytes += size;
    if (size < 0 || size > length - in.getPos() || headerBytes > MOST_HEADER_BYTES) {
      throw new EOFException("its header is cut short or damaged");
    }
    byte[] bytes = new byte[(int) size];
    in.readFully(bytes);
    return bytes;
  }

  private String required(String key) throws IOException {
    return meta(key).orElseThrow(() -> new IOException("its header has no " + key));
  }

  Path path() {
    return path;
  }

  Schema schema() {
    return schema;
  }

  /** How its blocks are compressed, as Avro names it. */
  String codec() {
    return meta("avro.codec").orElse("null");
  }

  Optional<String> meta(String key) {
    return Optional.ofNullable(meta.get(key))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** What its header says, as text; the schema is among it. */
  Map<String, String> metadata() {
    Map<String, String> texts = new HashMap<>();
    meta.forEach((key, bytes) -> texts.put(key, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  long length() {
    return length;
  }

  @Override
  public long first() {
    return first;
  }

  /** Where the first block begins that does not begin before a byte, or the file's length. */
  long from(long start) throws IOException {
    return from(start, in, mark, length);
  }

  /**
   * The same, but walks over the whole file from block to block, without reading what is in them.
   *
   * @throws IOException if a block is damaged or cut short
   */
  long checkedFrom(long start) throws IOException {
    long found = length;
    for (long block = first; block < length; block = next(block)) {
      if (block >= start) {
        found = Math.min(found, block);
      }
    }
    return found;
  }

  @Override
  public long next(long block) throws IOException {
    Header header = header(block);
    in.seek(in.getPos() + header.size);
    byte[] found = new byte[MARK_BYTES];
    in.readFully(found);
    return behind(block, found, 0);
  }

  /**
   * Reads a block whole.
   *
   * @param block where it begins
   * @param reused may be used again for the bytes
   * @throws IOException if it is damaged or cut short
   */
  Block read(long block, byte[] reused) throws IOException {
    Header header = header(block);
    int size = header.size;
    if (size > LARGE_BLOCK_BYTES && size > reused.length) {
      next(block);
      header(block);
    }
    byte[] bytes =
        reused.length >= size + MARK_BYTES
            ? reused
            : new byte[Math.toIntExact(size + (long) MARK_BYTES + size / 4)];
    in.readFully(bytes, 0, size + MARK_BYTES);
    return new Block(header.count, ByteBuffer.wrap(bytes, 0, size), behind(block, bytes, size));
  }

  private record Header(long count, int size) {}

  private Header header(long block) throws IOException {
    if (in.getPos() != block + MARK_BYTES) {
      in.seek(block + MARK_BYTES);
    }
    long count = numbers.readLong();
    long size = numbers.readLong();
    if (count < 0 || size < 0 || size > Integer.MAX_VALUE / 2) {
      throw new IOException(
          "its block at byte " + block + " has " + count + " records in " + size + " bytes");
    }
    if (size > length - in.getPos() - MARK_BYTES) {
      throw new EOFException("its block at byte " + block + " is cut short");
    }
    return new Header(count, (int) size);
  }

  /** The next block's beginning, from the mark before it that was just read. */
  private long behind(long block, byte[] bytes, int at) throws IOException {
    if (!Arrays.equals(bytes, at, at + MARK_BYTES, mark, 0, MARK_BYTES)) {
      throw new IOException("its block at byte " + block + " is damaged");
    }
    long position = in.getPos();
    return position == length ? length : position - MARK_BYTES;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
