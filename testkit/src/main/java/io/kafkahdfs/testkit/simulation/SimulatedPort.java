package io.kafkahdfs.testkit.simulation;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.testkit.store.HaltedError;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A process's connection to Kafka: each call of a method that may fail is a step of the process,
 * and so are those of what it answers with. A process that is gone closes nothing.
 */
public final class SimulatedPort {
  private static final Set<Class<?>> PORTS =
      Set.of(
          KafkaCluster.class,
          RangeReader.class,
          KafkaTarget.class,
          Transactions.class,
          RecordSender.class,
          TransactionalSender.class);

  private final Object real;
  private final SimulatedProcess process;
  private final Runnable watcher;

  private SimulatedPort(Object real, SimulatedProcess process, Runnable watcher) {
    this.real = real;
    this.process = process;
    this.watcher = watcher;
  }

  /** Connects a process to a cluster. */
  public static KafkaCluster of(KafkaCluster cluster, SimulatedProcess process) {
    return KafkaCluster.class.cast(connect(KafkaCluster.class, cluster, process, () -> {}));
  }

  /**
   * Connects a process to a target.
   *
   * @param watcher looks at what is in it after each step, and throws an {@link AssertionError} at
   *     what is wrong
   */
  public static KafkaTarget of(KafkaTarget target, SimulatedProcess process, Runnable watcher) {
    return KafkaTarget.class.cast(connect(KafkaTarget.class, target, process, watcher));
  }

  private static Object connect(
      Class<?> port, Object real, SimulatedProcess process, Runnable watcher) {
    SimulatedPort simulated = new SimulatedPort(real, process, watcher);
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (proxy, method, arguments) -> simulated.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (Arrays.asList(method.getExceptionTypes()).contains(IOException.class)) {
      return process.step(
          method.getName(), real.getClass().getSimpleName(), () -> io(method, arguments));
    }
    if (process.isGone()) {
      throw new HaltedError(process.name() + " is gone");
    }
    return invoke(method, arguments);
  }

  private Object io(Method method, Object[] arguments) throws IOException {
    try {
      Object answer = invoke(method, arguments);
      watcher.run();
      return answer;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    Object answer;
    try {
      answer = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (answer instanceof Optional<?> optional) {
      Type type = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
      return optional.map(value -> connected(type, value));
    }
    return answer == null ? null : connected(method.getReturnType(), answer);
  }

  private Object connected(Type type, Object answer) {
    return type instanceof Class<?> port && PORTS.contains(port)
        ? connect(port, answer, process, watcher)
        : answer;
  }
}
