package io.kafkahdfs.producer.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How topics are created.
 *
 * @param partitions how many each gets, at least 1
 * @param replication on how many brokers each partition is kept, at least 1
 */
public record NewTopics(int partitions, short replication) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6}):(\\d{1,4})");

  public NewTopics {
    if (partitions < 1 || replication < 1) {
      throw new IllegalArgumentException(partitions + ":" + replication);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not of the form partitions:replication
   */
  public static NewTopics parse(String text) {
    Matcher numbers = FORM.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new NewTopics(Integer.parseInt(numbers.group(1)), Short.parseShort(numbers.group(2)));
  }
}
