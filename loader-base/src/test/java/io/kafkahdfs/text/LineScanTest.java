package io.kafkahdfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineScanTest {
  @Test
  void findsEachByteAtEachPlaceOfAWordAndNothingOutsideTheStretch() {
    for (int from = 0; from < 9; from++) {
      for (int length = 0; length <= 26; length++) {
        for (int value = 0; value < 256; value++) {
          for (int at = 0; at < length; at++) {
            byte[] bytes = new byte[from + length + 9];
            Arrays.fill(bytes, (byte) '\n');
            Arrays.fill(bytes, from, from + length, (byte) 'x');
            bytes[from + at] = (byte) value;
            compare(bytes, from, from + length);
          }
        }
      }
    }
  }

  @Test
  void agreesWithAPlainLoopOnNeighboursOfTheSoughtBytes() {
    // Bytes that a sloppy word test takes for a match, above all one right behind a match.
    byte[] tricky = {
      '\n', '\n' + 1, '\r', '\r' + 1, '\r' - 1, '\\', '\\' + 1, 0, -118, -115, -36, 1
    };
    Random random = new Random(3);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = tricky[random.nextInt(round % 2 == 0 ? tricky.length : 2)];
      }
      compare(bytes, 0, bytes.length);
      compare(bytes, bytes.length / 3, bytes.length);
    }
  }

  private static void compare(byte[] bytes, int from, int until) {
    int lineBreak = -1;
    int withBackslash = -1;
    for (int i = until - 1; i >= from; i--) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        lineBreak = i;
      }
      if (bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\\') {
        withBackslash = i;
      }
    }
    if (LineScan.lineBreak(bytes, from, until) != lineBreak
        || LineScan.lineBreakOrBackslash(bytes, from, until) != withBackslash) {
      assertThat(LineScan.lineBreak(bytes, from, until))
          .as("line break in %s from %d until %d", Arrays.toString(bytes), from, until)
          .isEqualTo(lineBreak);
      assertThat(LineScan.lineBreakOrBackslash(bytes, from, until))
          .as("line break or backslash in %s from %d", Arrays.toString(bytes), from)
          .isEqualTo(withBackslash);
    }
  }
}
