package io.kafkahdfs.testkit.simulation;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * A process's connection to something behind an interface of ours, such as Kafka: each call of a
 * method that may fail is a step of the process, and what it answers is connected likewise.
 */
public final class SimulatedPort {
  private SimulatedPort() {}

  /**
   * @param port an interface
   */
  public static <T> T of(Class<T> port, T real, SimulatedProcess process) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(real, method, arguments, process)));
  }

  private static Object call(
      Object real, Method method, Object[] arguments, SimulatedProcess process) throws Throwable {
    if (!Arrays.asList(method.getExceptionTypes()).contains(IOException.class)) {
      return invoke(real, method, arguments, process);
    }
    try {
      return process.step(
          method.getName(),
          real.getClass().getSimpleName(),
          () -> {
            try {
              return invoke(real, method, arguments, process);
            } catch (IOException | RuntimeException | Error e) {
              throw e;
            } catch (Throwable e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (IOException e) {
      throw e;
    }
  }

  private static Object invoke(
      Object real, Method method, Object[] arguments, SimulatedProcess process) throws Throwable {
    Object answer;
    try {
      answer = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    return isPort(method.getReturnType()) && answer != null
        ? connected(method.getReturnType(), answer, process)
        : answer;
  }

  private static boolean isPort(Class<?> type) {
    return type.isInterface() && java.io.Closeable.class.isAssignableFrom(type);
  }

  private static <T> T connected(Class<T> port, Object real, SimulatedProcess process) {
    return of(port, port.cast(real), process);
  }
}
