package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.UnpackFailure;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out why a range cannot be read further, and says it in our words. */
final class ReadFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ReadFailures.class);

  private final Consumer<?, ?> consumer;
  private final ClientProperties properties;
  private final Failures failures;

  ReadFailures(Consumer<?, ?> consumer, ClientProperties properties, Failures failures) {
    this.consumer = consumer;
    this.properties = properties;
    this.failures = failures;
  }

  /** The brokers do not let the user read it. */
  LoaderException refused(RangeProgress range, KafkaException e) {
    return failures.of("read " + range.id(), e);
  }

  /** The partition does not have the offset. */
  LoaderException outOfRange(RangeProgress range, OffsetOutOfRangeException cause) {
    try {
      long first = consumer.beginningOffsets(List.of(range.id())).get(range.id());
      if (first > range.position()) {
        return new OffsetsRemovedException(range.unreadable(first));
      }
      return new LoaderException(
          ExitCode.FAILURE,
          "Offset "
              + range.position()
              + " of "
              + range.partition()
              + " does not exist: the partition ends at "
              + consumer.endOffsets(List.of(range.id())).get(range.id())
              + ". It lost records that were there before, through an unclean leader election, or"
              + " the topic was deleted and created again.",
          cause);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      return failures.of("find out which offsets " + range.partition() + " has", e);
    }
  }

  /**
   * Throws if what stands at the position is damaged, or cannot be unpacked here; else reads it
   * once more. No other partition may be assigned.
   */
  void throwIfDamaged(RangeProgress range, KafkaException e) throws LoaderException {
    Optional<LoaderException> ours =
        UnpackFailure.notOfTheRecords(e, range.partition(), range.position());
    if (ours.isPresent()) {
      throw ours.get();
    }
    long end =
        new DamageFinder(consumer, range.id(), properties, failures)
            .end(range.position(), range.until());
    consumer.seek(range.id(), range.position());
    if (end > range.position()) {
      throw new DamagedRecordException(range.unreadable(end), DamageFinder.explanation(e), e);
    }
    LOG.warn("Read {} once more: {}", range.place(), DamageFinder.explanation(e));
  }

  /** Nothing has come for long. */
  KafkaUnreachableException waitingFor(RangeProgress range) {
    String why;
    Exception cause = null;
    try {
      Duration patience = properties.timeout().dividedBy(4);
      long end = consumer.endOffsets(List.of(range.id()), patience).get(range.id());
      why = "no records there yet, its readable end is " + end;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      why = "no answer from its leader, nor from " + properties.servers() + ": " + e.getMessage();
      cause = e;
    }
    return new KafkaUnreachableException(
        "Could not read "
            + range.place()
            + " for "
            + properties.timeout().toMillis()
            + " ms: "
            + why,
        cause);
  }
}
