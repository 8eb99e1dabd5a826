package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.MissingLibraryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.BZip2Codec;
import org.apache.avro.file.Codec;
import org.apache.avro.file.DeflateCodec;
import org.apache.avro.file.XZCodec;
import org.apache.avro.file.ZstandardCodec;
import org.xerial.snappy.Snappy;

/** Unpacks the blocks of Avro files. */
interface AvroCodec {
  /** What is behind the last four bytes of a block: a checksum of what it unpacks to. */
  int CHECKSUM_BYTES = Integer.BYTES;

  /** Snappy makes at most 64 bytes of three. */
  int MOST_TIMES = 22;

  /**
   * @param block with an array
   * @return with an array
   */
  ByteBuffer unpack(ByteBuffer block) throws IOException;

  /**
   * The codec of a file.
   *
   * @throws MissingLibraryException if there is none, or what it needs is not there
   */
  static AvroCodec of(AvroFile file) throws MissingLibraryException {
    String name = file.codec();
    try {
      return switch (name) {
        case "null" -> block -> block;
        case "deflate" -> of(new DeflateCodec(1));
        case "bzip2" -> of(new BZip2Codec());
        case "xz" -> of(new XZCodec(1));
        case "zstandard" -> of(new ZstandardCodec(1, false, false));
        case "snappy" -> {
          Snappy.getNativeLibraryVersion();
          yield AvroCodec::unsnap;
        }
        default ->
            throw new MissingLibraryException(
                file.path().toString(),
                "the Avro codec " + Reason.name(name),
                "null, deflate, snappy, bzip2, xz and zstandard can; write the file anew with one"
                    + " of them.",
                null);
      };
    } catch (LinkageError e) {
      throw new MissingLibraryException(
          file.path().toString(),
          "the Avro codec " + Reason.name(name),
          "Add the jar of its library to Hadoop's class path or with -libjars, or write the file"
              + " anew with the codec deflate.",
          e);
    }
  }

  private static AvroCodec of(Codec codec) {
    return codec::decompress;
  }

  private static ByteBuffer unsnap(ByteBuffer block) throws IOException {
    int size = block.remaining() - CHECKSUM_BYTES;
    if (size < 0) {
      throw new IOException("a block is shorter than its checksum");
    }
    int from = block.arrayOffset() + block.position();
    int unpacked = Snappy.uncompressedLength(block.array(), from, size);
    if (unpacked / MOST_TIMES > size) {
      throw new IOException("a block of " + size + " bytes claims to unpack to " + unpacked);
    }
    byte[] bytes = new byte[unpacked];
    Snappy.uncompress(block.array(), from, size, bytes, 0);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (block.getInt(block.position() + size) != (int) checksum.getValue()) {
      throw new IOException("a block's checksum is wrong");
    }
    return ByteBuffer.wrap(bytes);
  }
}
