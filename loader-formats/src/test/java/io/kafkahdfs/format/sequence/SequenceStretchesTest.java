package io.kafkahdfs.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.format.Stretches;
import io.kafkahdfs.format.Stretches.Pair;
import io.kafkahdfs.testkit.malformed.Cases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.util.ReflectionUtils;
import org.junit.jupiter.api.Test;

/** Each record of a SequenceFile is in one stretch of it, wherever it is cut. */
class SequenceStretchesTest {
  private static final Configuration CONFIGURATION = new Configuration();

  /** A file: how it is compressed, how often it has a mark, and how large its values are. */
  record Kind(
      CompressionType compression,
      Class<? extends CompressionCodec> codec,
      int bytesToMark,
      int bytesOfBlock,
      List<Integer> sizes) {}

  private static Kind kind(Random random) {
    return new Kind(
        CompressionType.values()[random.nextInt(3)],
        List.of(DefaultCodec.class, SnappyCodec.class, BZip2Codec.class).get(random.nextInt(3)),
        20 + random.nextInt(1981),
        1 + random.nextInt(2000),
        random.ints(random.nextInt(61), 0, 201).boxed().toList());
  }

  @Test
  void eachRecordIsReadOnce() {
    Cases.runAllocating(
        200,
        random -> {
          Kind kind = kind(random);
          try (Stretches file = new Stretches(".seq")) {
            List<Pair> written = write(file, kind, random.nextLong());
            assertThat(read(file, file.cuts(random))).as("%s", kind).isEqualTo(written);
          }
        });
  }

  @Test
  void eachCutIsRight() throws IOException {
    for (CompressionType compression : CompressionType.values()) {
      List<Integer> sizes = new Random(5).ints(30, 0, 60).boxed().toList();
      Kind kind = new Kind(compression, DefaultCodec.class, 100, 300, sizes);
      try (Stretches file = new Stretches(".seq")) {
        List<Pair> written = write(file, kind, 7);
        for (long cut = 0; cut <= file.length(); cut++) {
          assertThat(read(file, List.of(cut))).as("%s at %d", compression, cut).isEqualTo(written);
        }
      }
    }
  }

  @Test
  void aFileThatIsCutShortIsNeverTakenForWhole() throws IOException {
    for (CompressionType compression : CompressionType.values()) {
      try (Stretches empty = new Stretches(".seq");
          Stretches whole = new Stretches(".seq");
          Stretches shorter = new Stretches(".seq")) {
        write(empty, new Kind(compression, DefaultCodec.class, 2000, 300, List.of()), 7);
        List<Pair> written =
            write(whole, new Kind(compression, DefaultCodec.class, 2000, 300, List.of(90)), 7);
        byte[] all = whole.bytes();
        for (int length = (int) empty.length() + 1; length < all.length; length++) {
          shorter.write(Arrays.copyOf(all, length));
          try {
            // Without the last bytes of a checksum, the record may be whole.
            assertThat(read(shorter, List.of()))
                .as("%s: %d bytes of %d", compression, length, all.length)
                .isEqualTo(written);
          } catch (IOException e) {
            assertThat(length).isLessThan(all.length);
          }
        }
      }
    }
  }

  private static List<Pair> read(Stretches file, Collection<Long> cuts) throws IOException {
    return file.read(
        cuts, (path, start, length) -> new SequenceDecoder(path, start, length, CONFIGURATION));
  }

  private static List<Pair> write(Stretches file, Kind kind, long seed) throws IOException {
    Random random = new Random(seed);
    Configuration configuration = new Configuration(CONFIGURATION);
    configuration.setInt("io.seqfile.compress.blocksize", kind.bytesOfBlock());
    List<Pair> written = new ArrayList<>();
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            configuration,
            SequenceFile.Writer.file(file.path()),
            SequenceFile.Writer.keyClass(BytesWritable.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.syncInterval(kind.bytesToMark()),
            SequenceFile.Writer.compression(
                kind.compression(), ReflectionUtils.newInstance(kind.codec(), configuration)))) {
      for (int size : kind.sizes()) {
        byte[] key = new byte[random.nextInt(4)];
        byte[] value = new byte[size];
        random.nextBytes(key);
        random.nextBytes(value);
        writer.append(new BytesWritable(key), new BytesWritable(value));
        written.add(Pair.of(key, value));
      }
    }
    return written;
  }
}
