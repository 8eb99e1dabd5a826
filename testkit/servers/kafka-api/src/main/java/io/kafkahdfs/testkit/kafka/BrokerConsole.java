package io.kafkahdfs.testkit.kafka;

import java.io.IOException;

/** The line to the brokers' JVMs, for what a broker of some Kafka only does from within. */
public interface BrokerConsole {

  /**
   * Gives a broker a command and waits for its answer, which its own {@link ServerProcess.Console}
   * makes.
   *
   * @param broker the broker's id
   * @param command one line
   * @return one line
   * @throws IOException also if the broker answered with an error
   */
  String ask(int broker, String command) throws IOException;
}
