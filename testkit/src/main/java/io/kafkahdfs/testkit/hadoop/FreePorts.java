package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface that nobody listens on. */
final class FreePorts {
  /** Below what Linux gives to outgoing connections, which could take a port before its server. */
  private static final int FIRST = 11_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 1_000;

  private FreePorts() {}

  /** One that was free just now. Chosen by chance, so that two builds hardly meet. */
  static int next() {
    for (int n = 0; n < TRIES; n++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; another one.
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
  }
}
