package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/** Where a server listens: a host's name or number, without brackets, and a port. */
record ServerAddress(String host, int port) {

  /** Reads {@code host:port} or {@code [host]:port}. */
  static ServerAddress parse(String text) throws LoaderException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (!host.isBlank() && port >= 1 && port <= 65_535) {
        return new ServerAddress(host.strip(), port);
      }
    } catch (NumberFormatException e) {
      // No number, as below.
    }
    throw new LoaderException(
        ExitCode.WRONG_SETTING,
        "The bootstrap server '" + text + "' must be host:port, with a port from 1 to 65535");
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
