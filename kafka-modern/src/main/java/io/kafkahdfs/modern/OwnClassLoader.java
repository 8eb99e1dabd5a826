package io.kafkahdfs.modern;

import java.util.function.Supplier;

/**
 * Kafka's client looks for classes that properties name in the thread's class loader first, and in
 * a task that may be one that does not know our jar.
 */
final class OwnClassLoader {
  private OwnClassLoader() {}

  static <T> T call(Supplier<T> action) {
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
