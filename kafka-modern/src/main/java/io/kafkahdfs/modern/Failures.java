package io.kafkahdfs.modern;

import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Says in our words what Kafka's client says in its exceptions. */
final class Failures {
  private final ClientProperties properties;

  Failures(ClientProperties properties) {
    this.properties = properties;
  }

  /** A client could not be made of the user's properties. */
  LoaderException atStart(KafkaException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (String.valueOf(cause.getMessage()).contains("bootstrap")) {
      return new KafkaUnreachableException(
          "None of " + properties.servers() + " has a host that is known here", e);
    }
    String why = cause instanceof ConfigException ? "" : cause.getClass().getSimpleName() + ": ";
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        "Kafka's client does not take the kafka. settings: " + why + cause.getMessage(),
        e);
  }

  /**
   * @param what what was asked of Kafka, to follow "cannot"
   */
  LoaderException of(String what, Throwable e) {
    if (e instanceof SslAuthenticationException) {
      return new KafkaUnreachableException(
          "Cannot "
              + what
              + ": the TLS connection to "
              + properties.servers()
              + " failed: "
              + e.getMessage()
              + ". Check kafka.security.protocol and kafka.ssl.truststore.*",
          e);
    }
    if (e instanceof AuthenticationException) {
      return new KafkaUnreachableException(
          "Cannot "
              + what
              + ": "
              + properties.servers()
              + " refused the credentials: "
              + e.getMessage()
              + ". Check kafka.sasl.*",
          e);
    }
    if (e instanceof AuthorizationException) {
      return new KafkaUnreachableException(
          "Cannot " + what + ": the brokers do not allow it: " + e.getMessage(), e);
    }
    if (e instanceof RetriableException) {
      return new KafkaUnreachableException(
          "Cannot "
              + what
              + ": no answer from "
              + properties.servers()
              + " for "
              + properties.timeout().toMillis()
              + " ms. Last failure: "
              + e.getMessage(),
          e);
    }
    return new LoaderException(
        ExitCode.FAILURE,
        "Cannot " + what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(),
        e);
  }
}
