package io.kafkahdfs.failure;

/** Shows in a message what somebody gave, which may be anything and of any length. */
public final class Quoted {
  private static final int MOST = 200;

  private Quoted() {}

  /** In quotes, on one line, without characters that a terminal would obey, and not too long. */
  public static String text(String text) {
    return "\"" + line(text) + "\"" + (text.length() > MOST ? " (shortened)" : "");
  }

  /** The same without the quotes, for what others say. */
  public static String line(String text) {
    StringBuilder quoted = new StringBuilder();
    int end = Math.min(MOST, text.length());
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean shown = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
      quoted.append(shown ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return end == text.length() ? quoted.toString() : quoted + "...";
  }
}
