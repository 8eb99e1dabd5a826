package io.kafkahdfs.format.lines;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a file seems to be, by its first bytes: what must not be sent as lines.
 *
 * @param name to follow "seems to be"
 * @param wayOut a sentence that says how to send it all the same
 */
record FileKind(String name, String wayOut) {
  /** So many bytes are looked at. */
  static final int BYTES = 265;

  private static final int TAR_MAGIC_AT = 257;

  private static final String UTF_8 =
      "Write it anew as UTF-8, for example with iconv -f %s -t UTF-8.";

  /**
   * @param letters whether they are what text may have too; then there must be other bytes as well
   */
  private record Magic(int at, byte[] bytes, boolean letters, FileKind kind) {}

  /** Longer ones before those that they begin with. */
  private static final List<Magic> MAGICS =
      List.of(
          text("0000feff", "UTF-32"),
          text("fffe0000", "UTF-32"),
          text("feff", "UTF-16"),
          text("fffe", "UTF-16"),
          packed("1f8b08", "gzip", ".gz"),
          packed("fd377a585a00", "xz", ".xz"),
          packed("28b52ffd", "zstandard", ".zst"),
          other("04224d18", "compressed with lz4, in frames", "Unpack it first."),
          other("ff060000734e61507059", "compressed with snappy, in frames", "Unpack it first."),
          other("894c5a4f000d0a1a0a", "compressed with lzop", "Unpack it first."),
          other("1f9d", "compressed with compress", "Unpack it first."),
          other("504b0304", "a zip archive", "Unpack it first."),
          other("377abcaf271c", "a 7z archive", "Unpack it first."),
          // Behind BZh and a digit.
          new Magic(
              4,
              HexFormat.of().parseHex("314159265359"),
              false,
              new FileKind(
                  "compressed with bzip2", "Rename it so that it ends in .bz2, or unpack it.")),
          new Magic(
              TAR_MAGIC_AT,
              "ustar".getBytes(StandardCharsets.US_ASCII),
              true,
              new FileKind("a tar archive", "Unpack it first.")),
          other("4f626a01", "an Avro file", "Use --format avro."),
          other("53455106", "a SequenceFile", "Use --format sequence."),
          table("PAR1", "a Parquet file", "Use --format parquet."),
          table("ORC", "an ORC file", "Use --format orc."),
          table(
              "RCF",
              "an RCFile",
              "Write it anew as Parquet, ORC, Avro or text, for example with Hive."));

  private static Magic text(String magic, String encoding) {
    return other(magic, encoding + " text", UTF_8.formatted(encoding));
  }

  private static Magic packed(String magic, String codec, String ending) {
    return other(
        magic,
        "compressed with " + codec,
        "Rename it so that it ends in " + ending + ", or unpack it.");
  }

  private static Magic other(String magic, String name, String wayOut) {
    return new Magic(0, HexFormat.of().parseHex(magic), false, new FileKind(name, wayOut));
  }

  private static Magic table(String magic, String name, String wayOut) {
    return new Magic(
        0, magic.getBytes(StandardCharsets.US_ASCII), true, new FileKind(name, wayOut));
  }

  /**
   * @param bytes what has at least the file's first {@link #BYTES} bytes, or all of it
   * @param limit how many of them are the file's
   * @return empty if it may well be text
   */
  static Optional<FileKind> of(byte[] bytes, int limit) {
    for (Magic magic : MAGICS) {
      int until = magic.at + magic.bytes.length;
      if (limit >= until
          && Arrays.equals(bytes, magic.at, until, magic.bytes, 0, magic.bytes.length)
          && (!magic.letters || hasControls(bytes, Math.min(limit, BYTES)))) {
        return Optional.of(magic.kind);
      }
    }
    return Optional.empty();
  }

  /** Whether there are bytes that no text has. */
  private static boolean hasControls(byte[] bytes, int limit) {
    for (int i = 0; i < limit; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ' && "\t\n\f\r\u001b".indexOf(bytes[i]) < 0) {
        return true;
      }
    }
    return false;
  }
}
