package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Whether a user's pattern matches a name. Java looks at every way in which a pattern could match,
 * and of <code>(a+)+b</code> and its like there are more than anybody can wait for.
 */
final class WholeMatch {
  /** Some hundredths of a second. One that lists ten thousand names takes a tenth of it. */
  private static final int MOST_LOOKS = 4_000_000;

  private WholeMatch() {}

  /**
   * @throws UncheckedIOException for a {@link LoaderException}, if there is no telling
   */
  static boolean of(Pattern pattern, String name) {
    try {
      return pattern.matcher(new Watched(name)).matches();
    } catch (TooManyLooks | StackOverflowError e) {
      throw new UncheckedIOException(
          new LoaderException(
              ExitCode.WRONG_SETTING,
              "The regular expression "
                  + Quoted.text(pattern.pattern())
                  + " (--include, --exclude) cannot be held against the name "
                  + Quoted.text(name)
                  + ": there are too many ways in which it could match. Write it without a"
                  + " repetition within a repetition."));
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Watched implements CharSequence {
    private final String name;
    private int looks;

    Watched(String name) {
      this.name = name;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new TooManyLooks();
      }
      return name.charAt(index);
    }

    @Override
    public int length() {
      return name.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return name.subSequence(start, end);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
