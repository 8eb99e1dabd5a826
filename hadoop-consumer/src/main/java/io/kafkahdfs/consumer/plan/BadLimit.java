package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.state.StoredValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bad records a run may have and still be committed.
 *
 * @param most a number of records, or of every hundred that were read
 * @param percent which of the two
 */
public record BadLimit(BigDecimal most, boolean percent) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d{1,6})?)%");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What may be given. */
  public static final String ALLOWED = "a number of records, or a part of them such as 1% or 0.01%";

  public BadLimit {
    StoredValue.notNegative("most", most.signum());
    if (most.scale() < 0 || most.scale() > 6 || most.precision() > 24) {
      throw new IllegalArgumentException("most is no limit");
    }
  }

  /**
   * @throws IllegalArgumentException if it is no limit
   */
  public static BadLimit parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    boolean percent = form.group(1) == null;
    BigDecimal most = new BigDecimal(percent ? form.group(2) : form.group(1));
    if (percent && most.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException(text);
    }
    return new BadLimit(most, percent);
  }

  /**
   * Whether a run has more than that.
   *
   * @param read how many records were read, those that are bad included
   */
  public boolean isExceeded(long bad, long read) {
    BigDecimal allowed = percent ? most.multiply(BigDecimal.valueOf(read)).divide(HUNDRED) : most;
    return BigDecimal.valueOf(bad).compareTo(allowed) > 0;
  }

  /** As it was given. */
  @Override
  public String toString() {
    return most.toPlainString() + (percent ? "%" : "");
  }
}
