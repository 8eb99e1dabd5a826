package io.kafkahdfs.legacy.connection;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/**
 * Where a broker listens.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record BrokerAddress(String host, int port) {

  /**
   * Reads {@code host:port}; an IPv6 address may stand in brackets.
   *
   * @throws LoaderException if it is something else
   */
  static BrokerAddress parse(String server) throws LoaderException {
    int colon = server.lastIndexOf(':');
    String host = colon < 0 ? "" : server.substring(0, colon).strip();
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(server.substring(colon + 1).strip());
      if (!host.isEmpty() && port >= 1 && port <= 65_535) {
        return new BrokerAddress(host, port);
      }
    } catch (NumberFormatException e) {
      // Not a port, as below.
    }
    throw new LoaderException(
        ExitCode.WRONG_SETTING,
        "The bootstrap server '"
            + server
            + "' is not of the form host:port, with a port from 1 to"
            + " 65535");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
