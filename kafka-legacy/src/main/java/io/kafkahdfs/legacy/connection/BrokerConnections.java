package io.kafkahdfs.legacy.connection;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;

/** Connections to brokers, one to each, made when they are first needed. Used by one thread. */
public final class BrokerConnections implements Closeable {
  private final ClientOptions options;
  private final Map<BrokerAddress, BrokerConnection> open = new HashMap<>();

  public BrokerConnections(ClientOptions options) {
    this.options = options;
  }

  /** The connection to a broker. */
  public BrokerConnection to(BrokerAddress broker) {
    return open.computeIfAbsent(
        broker, address -> new BrokerConnection(address, options, options.requestTimeout()));
  }

  /** Closes the connection to a broker that did not answer as it should: the next one is new. */
  public void drop(BrokerAddress broker) {
    BrokerConnection connection = open.remove(broker);
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(BrokerConnection::close);
    open.clear();
  }
}
