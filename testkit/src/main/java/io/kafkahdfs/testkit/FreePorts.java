package io.kafkahdfs.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports on which nobody listens. They lie below those that systems hand out to outgoing
 * connections, so that a port stays free while its server is down: a client that tries to connect
 * to it would otherwise, once in a while, be given that very port and connect to itself.
 */
public final class FreePorts {
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  private static int last = ThreadLocalRandom.current().nextInt(FIRST, LAST);

  private FreePorts() {}

  /**
   * A free port of the loopback address, another one each time: the server that is to have it may
   * start much later than the next one is looked for.
   */
  public static synchronized int next() {
    for (int tries = FIRST; tries < LAST; tries++) {
      last = last + 1 < LAST ? last + 1 : FIRST;
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), last));
        return last;
      } catch (BindException e) {
        // Somebody's. The next one, then.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("No port between " + FIRST + " and " + LAST + " is free");
  }
}
