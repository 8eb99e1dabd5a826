package io.kafkahdfs.testkit.kafka08;

import org.apache.log4j.ConsoleAppender;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;

/**
 * Where Kafka's own messages go. Not said in a {@code log4j.properties}, for that would be on the
 * tests' class path too and set up their logging.
 */
final class Logs {
  private Logs() {}

  static void warningsToStandardError() {
    Logger root = Logger.getRootLogger();
    root.setLevel(Level.WARN);
    root.removeAllAppenders();
    root.addAppender(
        new ConsoleAppender(new PatternLayout("%d %p %c{1}: %m%n"), ConsoleAppender.SYSTEM_ERR));
  }
}
