package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Finds out how far damage reaches. Brokers answer with the whole set that holds an offset, so that
 * all offsets of a damaged set fail alike, and the client's message names the set's first offset.
 */
final class DamageFinder {
  /** As in {@code CompletedFetch.maybeEnsureValid} of kafka-clients 3.9. */
  private static final Pattern SET = Pattern.compile("at offset (\\d+) is invalid");

  private static final Duration POLL = Duration.ofMillis(200);
  private static final String READABLE = "";

  private final Consumer<?, ?> consumer;
  private final TopicPartition id;
  private final ClientProperties properties;
  private final Failures failures;

  DamageFinder(
      Consumer<?, ?> consumer, TopicPartition id, ClientProperties properties, Failures failures) {
    this.consumer = consumer;
    this.id = id;
    this.properties = properties;
    this.failures = failures;
  }

  /**
   * The first offset behind the damage at an offset.
   *
   * @param until how far to look
   * @return {@code from} if it can be read after all
   */
  long end(long from, long until) throws LoaderException {
    String damage = failureAt(from);
    if (damage.equals(READABLE)) {
      return from;
    }
    boolean named = SET.matcher(damage).find();
    long bad = from;
    long step = 1;
    long good = until;
    // Sets can have any length: doubling steps, then halving ones. Where the message does not tell
    // one damaged set from the next, only single steps miss nothing that is good.
    while (bad + step < until) {
      long probe = bad + step;
      if (!failureAt(probe).equals(damage)) {
        good = probe;
        break;
      }
      bad = probe;
      step = named ? step * 2 : 1;
    }
    while (bad + 1 < good) {
      long middle = bad + (good - bad) / 2;
      if (failureAt(middle).equals(damage)) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return good;
  }

  /** What names the damage at an offset, or {@link #READABLE}. */
  private String failureAt(long offset) throws LoaderException {
    consumer.seek(id, offset);
    long deadline = System.nanoTime() + properties.timeout().toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (!consumer.poll(POLL).isEmpty() || consumer.position(id) > offset) {
          return READABLE;
        }
      } catch (CorruptRecordException e) {
        return name(e);
      } catch (OffsetOutOfRangeException e) {
        return READABLE;
      } catch (InterruptException e) {
        throw e;
      } catch (AuthenticationException | AuthorizationException e) {
        throw failures.of("read " + id, e);
      } catch (RetriableException e) {
        // Once more, until the time is over.
        continue;
      } catch (KafkaException e) {
        return name(e);
      }
    }
    throw new KafkaUnreachableException(
        "Could not read " + id + " at offset " + offset + ": no answer", null);
  }

  private static String name(KafkaException e) {
    Matcher set = SET.matcher(explanation(e));
    return set.find() ? set.group() : e.getClass().getName();
  }

  /** What is wrong, as the innermost exception that names the set says, or else the outermost. */
  static String explanation(KafkaException e) {
    String found = String.valueOf(e.getMessage());
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (SET.matcher(message).find()) {
        found = message;
      }
    }
    return found;
  }
}
