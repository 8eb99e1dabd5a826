package io.kafkahdfs.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Stretches;
import io.kafkahdfs.format.Stretches.Pair;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.testkit.malformed.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.Lz4Codec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Each line of a file of text is in one stretch of it, wherever it is cut. */
class TextStretchesTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final FormatReader LINES = decoders(EscapedLines.KEEP, false);

  private static FormatReader decoders(EscapedLines escaped, boolean anyBytes) {
    return FileFormat.TEXT.reader(
        new ReadOptions(AvroValues.BINARY, Optional.empty(), escaped, anyBytes, true),
        CONFIGURATION);
  }

  private static final String[] PIECES = {
    "a", "bc", "\n", "\r", "\r\n", "\n\r", "some more words", "é", "\ufeff", ""
  };

  private static final String[] ENDINGS = {
    ".gz", ".bz2", ".xz", ".zst", ".deflate", ".snappy", ".lz4"
  };

  /** Pieces with a text between them. */
  private static String pieces(Random random, String between) {
    return random
        .ints(random.nextInt(41), 0, PIECES.length)
        .mapToObj(piece -> PIECES[piece])
        .collect(Collectors.joining(between));
  }

  @Test
  void eachLineIsReadOnce() {
    Cases.runAllocating(
        300,
        random -> {
          String text = pieces(random, "");
          try (Stretches file = new Stretches(".txt")) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            assertThat(file.read(file.cuts(random), LINES::open)).isEqualTo(lines(text));
          }
        });
  }

  @Test
  void eachLineOfACompressedFileIsReadOnce() {
    Cases.runAllocating(
        100,
        random -> {
          String first = pieces(random, "");
          String second = pieces(random, "");
          String text = first + second;
          String ending = ENDINGS[random.nextInt(ENDINGS.length)];
          try (Stretches file = new Stretches(ending)) {
            // Such files may be put one behind the other.
            file.write(
                ending.matches(".gz|.bz2|.xz|.zst")
                    ? joined(packed(ending, first), packed(ending, second))
                    : packed(ending, text));
            assertThat(file.read(List.of(), LINES::open)).as(ending).isEqualTo(lines(text));
          }
        });
  }

  /** Blocks begin anywhere within a byte, and cuts near them are what is hard. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void eachCutNearABlockOfBzip2IsRight(int members) throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int member = 0; member < members; member++) {
      StringBuilder part = new StringBuilder();
      while (part.length() < 220_000 / members) {
        part.append("abcdefgh", 0, random.nextInt(4));
        part.append(new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)]);
      }
      packed.write(packed(".bz2", part.toString()));
      text.append(part);
    }
    assertThat(LINES.isSplittable(new org.apache.hadoop.fs.Path("/a.bz2"))).isTrue();
    try (Stretches file = new Stretches(".bz2")) {
      file.write(packed.toByteArray());
      List<Pair> written = lines(text.toString());
      for (long block : blocks(packed.toByteArray())) {
        for (long cut = block - 1; cut <= block + 6; cut += 1) {
          if (cut > 0 && cut < file.length()) {
            boolean right = file.read(List.of(cut), LINES::open).equals(written);
            // Not by AssertJ, which would print all lines.
            assertThat(right).as("cut at %d, a block begins at %d", cut, block).isTrue();
          }
        }
      }
    }
  }

  @Test
  void aBzip2FileThatIsCutShortIsNotWholeInStretchesEither() throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(3);
    while (text.length() < 150_000) {
      text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(9) == 0 ? "\n" : "");
    }
    byte[] packed = packed(".bz2", text.toString());
    long block = blocks(packed).get(0);
    List<Pair> written = lines(text.toString());
    try (Stretches file = new Stretches(".bz2")) {
      for (int missing = 1; missing < 40; missing++) {
        file.write(Arrays.copyOf(packed, packed.length - missing));
        boolean whole;
        try {
          whole = file.read(List.of(block - 1000), LINES::open).equals(written);
        } catch (IOException e) {
          continue;
        }
        assertThat(whole).as("%d bytes are missing", missing).isTrue();
      }
    }
  }

  /** In which bytes a block begins, or the end of a stream, but for the file's own. */
  private static List<Long> blocks(byte[] packed) {
    TreeSet<Long> blocks = new TreeSet<>();
    long last = 0;
    for (long bit = 0; bit < packed.length * 8L; bit++) {
      last = last << 1 | packed[(int) (bit / 8)] >> 7 - bit % 8 & 1;
      long magic = last & 0xffffffffffffL;
      if (magic == 0x314159265359L || magic == 0x177245385090L) {
        blocks.add((bit - 47) / 8);
      }
    }
    blocks.remove(blocks.first());
    return List.copyOf(blocks);
  }

  @Test
  void whatALoadHasEscapedIsAsItWas() {
    FormatReader unescaping = decoders(EscapedLines.UNESCAPE, false);
    Cases.runAllocating(
        300,
        random -> {
          String value = pieces(random, "\\") + "\\n";
          String line = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
          try (Stretches file = new Stretches(".txt")) {
            file.write((".\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(file.read(List.of(), unescaping::open).get(1))
                .isEqualTo(Pair.of(null, value.getBytes(StandardCharsets.UTF_8)));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\t", "a\\", "\\x n"})
  void whatNoLoadHasWrittenIsBad(String line) throws IOException {
    try (Stretches file = new Stretches(".txt")) {
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> file.read(List.of(), decoders(EscapedLines.UNESCAPE, false)::open))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining("--newlines unescape");
      assertThat(file.read(List.of(), LINES::open)).isEqualTo(lines(line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".bz2", ".xz", ".zst", ".deflate", ".snappy", ".lz4"})
  void aFileThatIsCutShortIsNeverTakenForWhole(String ending) throws IOException {
    String text = "some words\nand more\n".repeat(9);
    byte[] packed = packed(ending, text);
    try (Stretches file = new Stretches(ending)) {
      for (int length = 1; length < packed.length; length++) {
        file.write(Arrays.copyOf(packed, length));
        List<Pair> read;
        try {
          read = file.read(List.of(), LINES::open);
        } catch (IOException e) {
          continue;
        }
        // Without the last bytes of a checksum, it may be all there.
        assertThat(read).as("%s, %d bytes", ending, length).isEqualTo(lines(text));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, UTF-16", "UTF-16BE, UTF-16", "UTF-32LE, UTF-32", "UTF-32BE, UTF-32"})
  void otherEncodingsAreRefused(String charset, String name) throws IOException {
    byte[] bytes = "\ufeffline\n".getBytes(Charset.forName(charset));
    for (String ending : List.of(".txt", ".txt.gz")) {
      try (Stretches file = new Stretches(ending)) {
        file.write(ending.equals(".txt") ? bytes : gzip(bytes));
        refused(file, name, "iconv -f " + name + " -t UTF-8");
      }
    }
  }

  @Test
  void filesThatAreNoTextAreRefused() throws IOException {
    refused(".txt", gzip("a\n".getBytes(StandardCharsets.UTF_8)), "gzip", ".gz");
    refused(".gz.1", gzip("a\n".getBytes(StandardCharsets.UTF_8)), "gzip", ".gz");
    refused(".txt", packed(".xz", "a\n"), "xz", ".xz");
    refused(".txt", packed(".zst", "a\n"), "zstandard", ".zst");
    refused(".txt", packed(".bz2", "a\n"), "bzip2", ".bz2");
    refused(".txt", bytes(0x04, 0x22, 0x4d, 0x18, 0x60), "lz4", "Unpack");
    refused(".txt", bytes('P', 'K', 3, 4, 20, 0), "zip", "Unpack");
    refused(".txt", bytes('P', 'A', 'R', '1', 0x15, 4, 0x15), "Parquet", "--format parquet");
    refused(".txt", bytes('O', 'R', 'C', 1, 2), "ORC", "--format orc");
    refused(".txt", bytes('O', 'b', 'j', 1, 4), "Avro", "--format avro");
    refused(".txt", bytes('S', 'E', 'Q', 6, 4), "SequenceFile", "--format sequence");
    refused(".gz", gzip(bytes('P', 'A', 'R', '1', 0x15, 4, 0x15)), "Parquet", "--format parquet");
    refused(".lzo", bytes('a', '\n'), ".lzo", "io.compression.codecs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ORCHID,1\n", "PAR1 par2\n", "PK\n", "SEQ\n", "Obj\n", "BZh91AY\n", "\u001f\n"})
  void textThatOnlyBeginsLikeSomethingElseIsSent(String text) throws IOException {
    try (Stretches file = new Stretches(".txt")) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
      assertThat(file.read(List.of(), LINES::open)).isEqualTo(lines(text));
    }
  }

  @Test
  void itIsSentIfTheUserSaysSo() throws IOException {
    try (Stretches file = new Stretches(".txt")) {
      file.write(bytes('O', 'b', 'j', 1, 4, '\n'));
      assertThat(file.read(List.of(), decoders(EscapedLines.KEEP, true)::open))
          .containsExactly(Pair.of(null, bytes('O', 'b', 'j', 1, 4)));
    }
  }

  private static void refused(String ending, byte[] bytes, String... words) throws IOException {
    try (Stretches file = new Stretches(ending)) {
      file.write(bytes);
      refused(file, words);
    }
  }

  private static void refused(Stretches file, String... words) {
    assertThatThrownBy(() -> LINES.inspect(file.path()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
    assertThatThrownBy(() -> file.read(List.of(), LINES::open))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] packed(String ending, String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing(ending, packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static OutputStream packing(String ending, OutputStream packed) throws IOException {
    return switch (ending) {
      case ".gz" -> new GZIPOutputStream(packed);
      case ".bz2" -> new BZip2CompressorOutputStream(packed, 1);
      case ".xz" -> new XZOutputStream(packed, new LZMA2Options(1));
      case ".zst" -> new ZstdOutputStreamNoFinalizer(packed);
      case ".deflate" -> new DeflaterOutputStream(packed);
      case ".snappy" -> {
        SnappyCodec codec = new SnappyCodec();
        codec.setConf(CONFIGURATION);
        yield codec.createOutputStream(packed);
      }
      case ".lz4" -> {
        Lz4Codec codec = new Lz4Codec();
        codec.setConf(CONFIGURATION);
        yield codec.createOutputStream(packed);
      }
      default -> throw new IllegalArgumentException(ending);
    };
  }

  private static List<Pair> lines(String text) {
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    List<Pair> lines = new ArrayList<>();
    int at = 0;
    while (at < body.length()) {
      int end = at;
      while (end < body.length() && body.charAt(end) != '\n' && body.charAt(end) != '\r') {
        end++;
      }
      lines.add(Pair.of(null, body.substring(at, end).getBytes(StandardCharsets.UTF_8)));
      at = body.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return lines;
  }
}
