package io.kafkahdfs.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.hadoop.fs.Path;

/** The CRC-32C of a file, as commits note it: 8 hexadecimal digits. */
public final class FileChecksum {
  private static final int BUFFER_BYTES = 1 << 20;

  private FileChecksum() {}

  /** Reads a file for it. */
  public static String crc32c(FileStore store, Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = store.open(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
      }
    }
    return text(checksum);
  }

  /** One that was made while the file was written. */
  public static String text(Checksum crc32c) {
    return HexFormat.of().toHexDigits((int) crc32c.getValue());
  }
}
