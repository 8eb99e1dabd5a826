package io.kafkahdfs.format.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ByteView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLinesTest {
  @TempDir java.nio.file.Path temporary;

  private final Configuration configuration = new Configuration();

  @Test
  void findsTheLinesThatHadoopFinds() throws IOException {
    Random random = new Random(3);
    String[] pieces = {"a", "bc", "\n", "\r", "\r\n", "\n\r", "long enough for a word or two", ""};
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder(round % 10 == 0 ? "\ufeff" : "");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Path file = file(bytes);
      List<String> hadoops = all(new HadoopLines(file, 0, bytes.length, configuration));
      for (int buffer : new int[] {4, 5, 8, 1 << 20}) {
        assertThat(lines(file, 0, bytes.length, buffer)).as("%s", text).isEqualTo(hadoops);
        for (int cut = 1; cut < bytes.length; cut++) {
          List<String> parts = new ArrayList<>(lines(file, 0, cut, buffer));
          parts.addAll(lines(file, cut, bytes.length - cut, buffer));
          assertThat(parts).as("%s cut at %d", text, cut).isEqualTo(hadoops);
        }
      }
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return new Path(Files.write(temporary.resolve("lines"), bytes).toUri());
  }

  private List<String> lines(Path file, long start, long length, int buffer) throws IOException {
    FSDataInputStream in = file.getFileSystem(configuration).open(file);
    in.seek(start);
    return all(new PlainLines(in, start, length, buffer, true));
  }

  private static List<String> all(Lines lines) throws IOException {
    List<String> all = new ArrayList<>();
    ByteView line = new ByteView();
    try (lines) {
      while (lines.next(line)) {
        all.add(line.toString());
      }
    }
    return all;
  }
}
