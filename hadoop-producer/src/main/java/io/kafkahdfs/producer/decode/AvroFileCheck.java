package io.kafkahdfs.producer.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Walks over an Avro file from block to block, without reading what is in them: each must be
 * followed by the file's mark, and the last one by the file's end.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Object
 *     container files</a>
 */
final class AvroFileCheck {
  private AvroFileCheck() {}

  /**
   * @throws IOException if the file is damaged or cut short
   */
  static void check(Path file, Configuration configuration) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    long length = fileSystem.getFileStatus(file).getLen();
    try (FSDataInputStream in = fileSystem.open(file)) {
      // Direct: it reads no byte more than it is asked for, so that the stream can be moved.
      BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(in, null);
      byte[] mark = header(decoder);
      while (in.getPos() < length) {
        block(in, decoder, mark, length);
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] header(BinaryDecoder decoder) throws IOException {
    byte[] magic = new byte[DataFileConstants.MAGIC.length];
    decoder.readFixed(magic);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new IOException("it is no Avro file");
    }
    for (long count = decoder.readMapStart(); count > 0; count = decoder.mapNext()) {
      for (long i = 0; i < count; i++) {
        decoder.skipString();
        decoder.skipBytes();
      }
    }
    byte[] mark = new byte[DataFileConstants.SYNC_SIZE];
    decoder.readFixed(mark);
    return mark;
  }

  private static void block(FSDataInputStream in, BinaryDecoder decoder, byte[] mark, long length)
      throws IOException {
    long start = in.getPos();
    decoder.readLong();
    long bytes = decoder.readLong();
    if (bytes < 0) {
      throw new IOException("its block at byte " + start + " has a size of " + bytes);
    }
    if (bytes > length - in.getPos() - mark.length) {
      throw new EOFException("its block at byte " + start + " is cut short");
    }
    in.seek(in.getPos() + bytes);
    byte[] found = new byte[mark.length];
    decoder.readFixed(found);
    if (!Arrays.equals(found, mark)) {
      throw new IOException("its block at byte " + start + " is damaged");
    }
  }
}
