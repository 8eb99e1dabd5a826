package io.kafkahdfs.modern.connection;

import java.util.function.Supplier;

/**
 * Kafka's client looks for classes that properties name in the thread's class loader first, and in
 * a task that may be one that does not know our jar.
 */
public final class OwnClassLoader {
  private OwnClassLoader() {}

  public static <T> T call(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
