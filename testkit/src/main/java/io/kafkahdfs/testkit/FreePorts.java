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
 * to it would otherwise, once in a while, be given that very port and connect to itself. Test JVMs
 * that run side by side have ports of their own: none takes the port of another's server while that
 * is down.
 */
public final class FreePorts {
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  /** As many as run at once, or more. */
  private static final int JVMS = 4;

  /** Its number among those that run side by side, from 1. */
  private static final int JVM = Integer.getInteger("test.jvm", 1) % JVMS;

  private static int last =
      ThreadLocalRandom.current().nextInt(FIRST / JVMS, LAST / JVMS) * JVMS + JVM;

  private FreePorts() {}

  /**
   * A free port of the loopback address, another one each time: the server that is to have it may
   * start much later than the next one is looked for.
   */
  public static synchronized int next() {
    for (int tries = FIRST; tries < LAST; tries += JVMS) {
      last = last + JVMS < LAST ? last + JVMS : FIRST + JVM;
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
