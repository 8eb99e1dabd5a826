package io.kafkahdfs.modern.connection;

import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Says in our words what Kafka's client says in its exceptions. */
public final class Failures {
  private static final String REACH = "reach the cluster";

  private final ClientProperties properties;

  public Failures(ClientProperties properties) {
    this.properties = properties;
  }

  /** A client could not be made of the user's properties. */
  public LoaderException atStart(KafkaException e) {
    Throwable root = root(e);
    if (String.valueOf(root.getMessage()).contains("bootstrap")) {
      return new KafkaUnreachableException(
          "None of " + properties.servers() + " has a host that is known here", e);
    }
    List<String> reasons = new ArrayList<>();
    // The first one says only which client it is that could not be made.
    for (Throwable cause = e.getCause(); cause != null && cause != root; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().contains(cause.getCause().toString())) {
        reasons.add(cause.getMessage());
      }
    }
    String kind = root instanceof ConfigException ? "" : root.getClass().getSimpleName() + ": ";
    reasons.add(kind + root.getMessage());
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        "Kafka's client does not take the kafka. settings: " + String.join(": ", reasons),
        e);
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The first question of all was not answered. */
  LoaderException atFirst(Throwable e) {
    if (!(e instanceof RetriableException)) {
      return of(REACH + " at " + properties.servers(), e);
    }
    String protocol = properties.securityProtocol();
    return new KafkaUnreachableException(
        noAnswer(REACH, e)
            + ". Check that these are ports for kafka.security.protocol="
            + protocol
            + ": brokers have other ports for other protocols, and answer nothing there",
        e);
  }

  private String noAnswer(String what, Throwable e) {
    return "Cannot "
        + what
        + ": no answer from "
        + properties.servers()
        + " for "
        + properties.timeout().toMillis()
        + " ms. Last failure: "
        + e.getMessage();
  }

  /**
   * @param what what was asked of Kafka, to follow "cannot"
   */
  public LoaderException of(String what, Throwable e) {
    if (e instanceof SslAuthenticationException) {
      return new KafkaUnreachableException(
          "Cannot "
              + what
              + ": the TLS connection to "
              + properties.servers()
              + " failed: "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + ". Check that kafka.ssl.truststore.* trusts the brokers' certificates, that these"
              + " name the hosts, and kafka.security.protocol",
          e);
    }
    if (e instanceof IllegalSaslStateException) {
      return new KafkaUnreachableException(
          "Cannot "
              + what
              + ": "
              + properties.servers()
              + " does not want to know who we are: "
              + e.getMessage()
              + ". Check that it is a port for kafka.security.protocol="
              + properties.securityProtocol(),
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
          "Cannot "
              + what
              + ": the brokers do not allow it: "
              + e.getMessage()
              + " Grant it to the user of kafka.sasl.* or kafka.ssl.keystore.*, or be another one",
          e);
    }
    if (e instanceof RetriableException) {
      return new KafkaUnreachableException(noAnswer(what, e), e);
    }
    return new LoaderException(
        ExitCode.FAILURE,
        "Cannot " + what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(),
        e);
  }
}
