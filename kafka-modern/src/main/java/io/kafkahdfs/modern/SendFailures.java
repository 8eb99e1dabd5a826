package io.kafkahdfs.modern;

import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** Says in our words why a record could not be sent. */
final class SendFailures {
  private final ClientProperties properties;
  private final Failures failures;

  SendFailures(ClientProperties properties) {
    this.properties = properties;
    this.failures = new Failures(properties);
  }

  LoaderException atStart(KafkaException e) {
    return failures.atStart(e);
  }

  SendFailedException of(long number, ProducerRecord<byte[], byte[]> record, Throwable cause) {
    String where =
        "to topic "
            + record.topic()
            + (record.partition() == null ? "" : ", partition " + record.partition());
    if (cause instanceof RecordTooLargeException) {
      int bytes = length(record.key()) + length(record.value());
      return new SendFailedException(
          ExitCode.FAILURE,
          number,
          where
              + ": its "
              + bytes
              + " bytes are more than the brokers take (message.max.bytes there, or"
              + " max.message.bytes of the topic): "
              + cause.getMessage(),
          cause);
    }
    if (isFenced(cause)) {
      return new SendFailedException(
          ExitCode.FAILURE, number, where + ": " + fenced().getMessage(), cause);
    }
    boolean unreachable =
        cause instanceof RetriableException
            || cause instanceof AuthenticationException
            || cause instanceof AuthorizationException;
    return new SendFailedException(
        unreachable ? ExitCode.KAFKA_UNREACHABLE : ExitCode.FAILURE,
        number,
        where
            + (cause instanceof RetriableException
                ? " within " + properties.timeout().toMillis() + " ms (--timeout)"
                : "")
            + ": "
            + cause.getMessage(),
        cause);
  }

  /**
   * @param what what was asked of Kafka, to follow "cannot"
   */
  LoaderException of(String what, KafkaException cause) {
    return isFenced(cause) ? fenced() : failures.of(what, cause);
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

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
