package io.kafkahdfs.testkit.malformed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Spoils samples: the same seed spoils the same sample in the same way. */
public final class Spoiler {
  /** What lengths, counts and offsets are read as wrongly most often. */
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    -2,
    13,
    127,
    255,
    32_767,
    65_536,
    100_000_000,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random;

  public Spoiler(Random random) {
    this.random = random;
  }

  /** One of some numbers at the edges of what a field can hold. */
  public long extreme() {
    return EXTREMES[random.nextInt(EXTREMES.length)];
  }

  /** Random bytes, fewer than so many. */
  public byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One to three changes to a sample, anywhere. */
  public byte[] spoil(byte[] sample) {
    byte[] spoiled = sample.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      spoiled = once(spoiled);
    }
    return spoiled;
  }

  /** The same with a text, of which single characters are changed as well as stretches. */
  public String spoil(String sample) {
    return new String(spoil(sample.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private byte[] once(byte[] sample) {
    if (sample.length == 0) {
      return bytes(20);
    }
    int from = random.nextInt(sample.length);
    int until = Math.min(sample.length, from + 1 + random.nextInt(40));
    byte[] before = Arrays.copyOf(sample, from);
    byte[] stretch = Arrays.copyOfRange(sample, from, until);
    byte[] after = Arrays.copyOfRange(sample, until, sample.length);
    return switch (random.nextInt(9)) {
      case 0, 1 -> {
        sample[from] ^= (byte) (1 << random.nextInt(8));
        yield sample;
      }
      case 2 -> {
        sample[from] = (byte) random.nextInt(256);
        yield sample;
      }
      case 3 -> before;
      case 4 -> join(before, after);
      case 5 -> join(before, stretch, stretch, after);
      case 6 -> join(after, stretch, before);
      case 7 -> join(before, bytes(20), stretch, after);
      default -> number(sample, from);
    };
  }

  /** Puts a number of 1 to 8 bytes, big-endian as Kafka and Hadoop write them. */
  private byte[] number(byte[] sample, int at) {
    int width = 1 << random.nextInt(4);
    long number = extreme();
    for (int i = 0; i < width && at + i < sample.length; i++) {
      sample[at + i] = (byte) (number >> 8 * (width - 1 - i));
    }
    return sample;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
