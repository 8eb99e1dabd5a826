package io.kafkahdfs.modern.admin;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.Questions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** Asks how brokers are configured. */
public final class BrokerConfig {
  private BrokerConfig() {}

  /** How some broker is configured; empty if it does not tell. */
  public static Optional<String> value(String name, Questions questions) throws IOException {
    try {
      Node broker =
          questions
              .answer("list the brokers", questions.admin().describeCluster().nodes())
              .iterator()
              .next();
      ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
      Config config =
          questions.answer(
              "read the configuration of broker " + broker.idString(),
              questions.admin().describeConfigs(Set.of(resource)).values().get(resource));
      return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    } catch (LoaderException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
