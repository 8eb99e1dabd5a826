package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says in our words why a record could not be sent. */
final class SendFailures {
  /** A batch that is found too large is split a few times, while its compression is learned. */
  private static final int ENDLESS_SPLITS = 10;

  private final ClientProperties properties;
  private final Failures failures;

  SendFailures(ClientProperties properties) {
    this.properties = properties;
    this.failures = new Failures(properties);
  }

  LoaderException atStart(KafkaException e) {
    return failures.atStart(e);
  }

  /** A record that its topic does not take was not even handed over. */
  SendFailedException refused(
      long number, String topic, int partition, RecordCheck.Refusal refusal) {
    return new SendFailedException(
        refusal.exitCode(), number, where(topic, partition) + ": " + refusal.reason(), null);
  }

  /** A record cannot be made into one of Kafka's. */
  SendFailedException unfit(
      long number, String topic, int partition, IllegalArgumentException cause) {
    return new SendFailedException(
        ExitCode.FAILURE, number, where(topic, partition) + ": " + cause.getMessage(), cause);
  }

  /**
   * @param byClient whether the client refused it by itself, and no broker saw it
   * @param splits how many batches of late brokers took for too large, so that they were split
   */
  SendFailedException of(Sending sending, Exception cause, boolean byClient, long splits) {
    ProducerRecord<byte[], byte[]> record = sending.record();
    String where =
        where(
            record.topic(),
            record.partition() == null ? RecordSender.BY_KEY : (int) record.partition());
    if (isOfTheRecord(cause) || (cause instanceof TimeoutException && splits >= ENDLESS_SPLITS)) {
      return new SendFailedException(
          ExitCode.FAILURE,
          sending.number(),
          where + ": " + fault(sending, cause, byClient, splits),
          cause);
    }
    if (isFenced(cause)) {
      return new SendFailedException(
          ExitCode.FAILURE, sending.number(), where + ": " + fenced().getMessage(), cause);
    }
    boolean unreachable =
        cause instanceof RetriableException
            || cause instanceof AuthenticationException
            || cause instanceof AuthorizationException;
    return new SendFailedException(
        unreachable ? ExitCode.KAFKA_UNREACHABLE : ExitCode.FAILURE,
        sending.number(),
        where
            + (cause instanceof RetriableException
                ? " within " + properties.timeout().toMillis() + " ms (--timeout)"
                : "")
            + ": "
            + cause.getMessage(),
        cause);
  }

  private static String where(String topic, int partition) {
    return "to topic "
        + topic
        + (partition == RecordSender.BY_KEY ? "" : ", partition " + partition);
  }

  private static boolean isOfTheRecord(Exception cause) {
    return cause instanceof RecordTooLargeException
        || cause instanceof InvalidTimestampException
        || cause instanceof CorruptRecordException;
  }

  private String fault(Sending sending, Exception cause, boolean byClient, long splits) {
    if (cause instanceof RecordTooLargeException) {
      return RecordCheck.tooLarge(sending.bytes())
          + (byClient
              ? "Kafka's client sends here. Set -D kafka.max.request.size (67108864 unless set) and"
                  + " -D kafka.buffer.memory (the same) to more, and what the brokers take: "
              : "the brokers take (message.max.bytes there, or max.message.bytes of the topic),"
                  + " or its whole batch is (--batch-bytes): ")
          + cause.getMessage();
    }
    if (cause instanceof InvalidTimestampException) {
      return "its timestamp "
          + sending.record().timestamp()
          + " is further from now than the topic takes. Set --timestamps now to send records"
          + " without their own, or change message.timestamp.before.max.ms and"
          + " message.timestamp.after.max.ms (before Kafka 3.6"
          + " message.timestamp.difference.max.ms) of the topic: "
          + cause.getMessage();
    }
    if (cause instanceof TimeoutException) {
      return "the brokers refused its batch as too large, and "
          + splits
          + " times what it was split into. max.message.bytes of the topic is less than"
          + " --batch-bytes, or than this record's "
          + sending.bytes()
          + " bytes: "
          + cause.getMessage();
    }
    return (sending.record().key() == null
            ? "it has no key, and compacted topics (cleanup.policy) take none without: "
            : "the brokers take it for damaged, each time that it is sent: ")
        + cause.getMessage();
  }

  /**
   * @param what what was asked of Kafka, to follow "cannot"
   */
  LoaderException of(String what, KafkaException cause) {
    return isFenced(cause) ? fenced() : failures.of(what, cause);
  }

  /** Somebody else has committed under the same id. */
  LoaderException takenOver() {
    return fenced();
  }

  private static boolean isFenced(Throwable cause) {
    return cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException;
  }

  private static LoaderException fenced() {
    return new LoaderException(
        ExitCode.FAILURE,
        "another attempt has taken over this part of the export, or its transaction was open for"
            + " longer than kafka.transaction.timeout.ms");
  }
}
