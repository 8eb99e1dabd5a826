package io.kafkahdfs.modern.connection;

import io.kafkahdfs.failure.LoaderException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Asks the brokers, and waits for their answers. */
public final class Questions implements AutoCloseable {
  private final Admin admin;
  private final Failures failures;

  private Questions(Admin admin, Failures failures) {
    this.admin = admin;
    this.failures = failures;
  }

  /**
   * @throws LoaderException if Kafka's client does not take the properties
   */
  static Questions with(ClientProperties properties) throws LoaderException {
    Failures failures = new Failures(properties);
    try {
      return new Questions(OwnClassLoader.call(() -> Admin.create(properties.admin())), failures);
    } catch (KafkaException e) {
      throw failures.atStart(e);
    }
  }

  public Admin admin() {
    return admin;
  }

  /** Waits for the answer to the first question of all. */
  <T> T firstAnswer(Future<T> future) throws LoaderException, InterruptedIOException {
    return answer(future, failures::atFirst);
  }

  /**
   * Waits for an answer; the client itself gives up when the time-out is over.
   *
   * @param what what is asked for, to follow "cannot"
   */
  public <T> T answer(String what, Future<T> future)
      throws LoaderException, InterruptedIOException {
    return answer(future, failure -> failures.of(what, failure));
  }

  private static <T> T answer(Future<T> future, Function<Throwable, LoaderException> failure)
      throws LoaderException, InterruptedIOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure.apply(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for Kafka");
    }
  }

  /** Waits for an answer; what went wrong is returned as null if it is of a kind, else thrown. */
  public <T> T answerUnless(Class<? extends Throwable> kind, String what, Future<T> future)
      throws LoaderException, InterruptedIOException {
    try {
      return answer(what, future);
    } catch (LoaderException e) {
      if (kind.isInstance(e.getCause())) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
