package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.modern.connection.Questions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics with Kafka's admin client. */
public final class AdminTopicCreator implements TopicCreator {
  private static final long PAUSE_MS = 50;

  private final Questions questions;
  private final TopicLister topics;
  private final Duration timeout;

  public AdminTopicCreator(Connection connection, TopicLister topics) {
    this.questions = connection.questions();
    this.topics = topics;
    this.timeout = connection.properties().timeout();
  }

  @Override
  public void create(String topic, int partitions, short replication) throws IOException {
    NewTopic wanted = new NewTopic(topic, partitions, replication);
    try {
      questions.answerUnless(
          TopicExistsException.class,
          "create topic " + topic,
          questions.admin().createTopics(Set.of(wanted)).all());
    } catch (LoaderException e) {
      if (e.getCause() instanceof InvalidReplicationFactorException) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "Cannot create topic "
                + topic
                + " with a replication of "
                + replication
                + ": "
                + e.getCause().getMessage()
                + ". Use a smaller one.",
            e);
      }
      throw e;
    }
    awaitLeaders(topic);
  }

  private void awaitLeaders(String topic) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      Collection<Optional<String>> leaders = topics.leaders(Set.of(topic)).values();
      if (!leaders.isEmpty() && leaders.stream().allMatch(Optional::isPresent)) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LoaderException(
            ExitCode.KAFKA_UNREACHABLE,
            "Topic "
                + topic
                + " was created, but has no leaders after "
                + timeout.toMillis()
                + " ms (--timeout).");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while waiting for Kafka");
      }
    }
  }
}
