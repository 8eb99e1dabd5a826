package io.kafkahdfs.testkit.tools;

import java.util.function.Supplier;

/** Kafka's clients look for classes that settings name in the thread's class loader. */
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
