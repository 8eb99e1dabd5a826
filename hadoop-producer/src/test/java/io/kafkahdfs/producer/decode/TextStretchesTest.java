package io.kafkahdfs.producer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.producer.config.AvroValues;
import io.kafkahdfs.producer.config.InputFormatName;
import io.kafkahdfs.producer.decode.Stretches.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class TextStretchesTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "a", "bc", "\n", "\r", "\r\n", "\n\r", "longer than a word or two", "é", "\ufeff", "")
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void eachLineIsReadOnce(@ForAll("pieces") List<String> pieces, @ForAll List<Integer> cuts)
      throws IOException {
    String text = String.join("", pieces);
    try (Stretches file = new Stretches(".txt")) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
      if (file.length() > 0) {
        assertThat(read(file, file.cuts(cuts))).isEqualTo(lines(text));
      }
    }
  }

  @Test
  void bzip2() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      StringBuilder text = new StringBuilder();
      int most = new int[] {10, 100, 3000, 150_000}[round % 4];
      while (text.length() < 500_000) {
        int n = random.nextInt(most);
        for (int i = 0; i < n; i++) {
          text.append((char) ('a' + random.nextInt(26)));
        }
        text.append(new String[] {"\n", "\r\n", "\r"}[random.nextInt(round < 4 ? 1 : 3)]);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] all = text.toString().getBytes(StandardCharsets.UTF_8);
      int members = round % 3 == 0 ? 3 : 1;
      for (int m = 0; m < members; m++) {
        try (OutputStream out = new BZip2CompressorOutputStream(bytes, 1)) {
          out.write(
              all,
              all.length / members * m,
              m == members - 1 ? all.length - all.length / members * m : all.length / members);
        }
      }
      try (Stretches file = new Stretches(".txt.bz2")) {
        file.write(bytes.toByteArray());
        List<Pair> lines = lines(text.toString());
        int bad = 0;
        StringBuilder which = new StringBuilder();
        for (int i = 0; i < 12; i++) {
          List<Integer> cuts = new ArrayList<>();
          for (int c = random.nextInt(5); c >= 0; c--) {
            cuts.add(random.nextInt(1 << 30));
          }
          List<Pair> got;
          try {
            got = read(file, file.cuts(cuts));
            if (!got.equals(lines)) {
              bad++;
              which
                  .append(file.cuts(cuts))
                  .append(" got ")
                  .append(got.size())
                  .append(" of ")
                  .append(lines.size())
                  .append("; ");
            }
          } catch (Exception e) {
            bad++;
            which.append(file.cuts(cuts) + " " + e);
          }
        }
        System.out.println(
            "round "
                + round
                + " bytes "
                + file.length()
                + " members "
                + members
                + " bad "
                + bad
                + " "
                + which);
      }
    }
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

  private static List<Pair> read(Stretches file, Collection<Long> cuts) throws IOException {
    Decoders decoders =
        new Decoders(
            new DecodeSettings(InputFormatName.TEXT, AvroValues.BINARY, Optional.empty(), true),
            CONFIGURATION);
    return file.read(cuts, decoders::open);
  }
}
