package io.kafkahdfs.testkit.malformed;

import java.util.Random;

/** Makes texts that somebody may give for a setting: nearly right, far too much, or nonsense. */
public final class TextSpoiler {
  private static final String[] UNITS = {
    "ms", "s", "m", "h", "d", "k", "g", "t", "mib", "r", "x", " ", "ß"
  };

  private static final String[] NUMBERS = {
    "9223372036854775808",
    "99999999999999999999999",
    "1e9",
    "0x10",
    "007",
    "+1",
    "-0",
    "１２",
    "1_000"
  };

  private static final String[] NONSENSE = {
    "",
    " ",
    "\0",
    "a\0b",
    "\ufeffearliest",
    "\ud800",
    "a\nb",
    "\u001b[2J",
    "..",
    "/",
    "//",
    "a:b",
    "file:///a b",
    "hdfs://[::",
    "hdfs://x:99999/y",
    "${user.name}",
    "%s%n",
    "{a,{b",
    "[^",
    "true",
    "null",
    "localhost:0",
    "[::1]:9092",
    "timestamp:+999999999-12-31T23:59:59Z",
    "timestamp:-999999999-01-01T00:00:00Z",
    "timestamp:1969-12-31T23:59:59.999Z",
    "offsets:",
    "offsets:\0",
    "6:32768",
    "0:0"
  };

  private static final String[] PIECES = {
    "(",
    ")",
    "(?:",
    "(?=",
    "[",
    "]",
    "a",
    "b",
    ".",
    "+",
    "*",
    "?",
    "{2,}",
    "{0,1000}",
    "|",
    "\\1",
    "\\",
    "\\Q",
    "(a+)+",
    "(a|aa)*",
    "(.*)*",
    "$",
    "^",
    "\\p{L}",
    "&&",
    "(?i)",
    "é"
  };

  private static final int DEEP = 20_000;

  private final Random random;
  private final Spoiler spoiler;

  public TextSpoiler(Random random) {
    this.random = random;
    this.spoiler = new Spoiler(random);
  }

  /**
   * A text for a setting.
   *
   * @param sample what is right, or nearly so
   */
  public String value(String sample) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> spoiler.spoil(sample);
      case 3 -> NONSENSE[random.nextInt(NONSENSE.length)];
      case 4, 5 -> number() + UNITS[random.nextInt(UNITS.length)];
      case 6 -> number();
      case 7 -> sample + "," + value(sample);
      case 8 -> random.nextInt(20) == 0 ? sample.repeat(DEEP) : sample + sample;
      default -> spoiler.spoil(NONSENSE[random.nextInt(NONSENSE.length)]);
    };
  }

  /** A regular expression: some are wrong, some deep, and some never come to an end. */
  public String pattern() {
    if (random.nextInt(50) == 0) {
      return random.nextBoolean() ? "(".repeat(DEEP) + ")".repeat(DEEP) : "(a|".repeat(DEEP);
    }
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      pattern.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return pattern.toString();
  }

  private String number() {
    return random.nextInt(3) == 0
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : String.valueOf(spoiler.extreme());
  }
}
