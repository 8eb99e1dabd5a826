package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a user's pattern matches. Java looks at every way in which a pattern could match, and of
 * <code>(a+)+b</code> and its like there are more than anybody can wait for.
 */
public final class BoundedMatch {
  /** Some hundredths of a second. One that lists ten thousand names takes a tenth of it. */
  private static final int MOST_LOOKS = 4_000_000;

  private BoundedMatch() {}

  /**
   * Whether it matches all of a name.
   *
   * @param setting who asks, for the message
   * @throws UncheckedIOException for a {@link LoaderException}, if there is no telling
   */
  public static boolean whole(Pattern pattern, String name, String setting) {
    return ask(pattern, name, setting, Matcher::matches);
  }

  /** The same of any part of a text. */
  public static boolean found(Pattern pattern, String text, String setting) {
    return ask(pattern, text, setting, Matcher::find);
  }

  private static boolean ask(
      Pattern pattern, String text, String setting, Predicate<Matcher> question) {
    try {
      return question.test(pattern.matcher(new Watched(text)));
    } catch (TooManyLooks | StackOverflowError e) {
      throw new UncheckedIOException(
          new LoaderException(
              ExitCode.WRONG_SETTING,
              "The regular expression "
                  + Quoted.text(pattern.pattern())
                  + " ("
                  + setting
                  + ") cannot be held against "
                  + Quoted.text(text)
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
