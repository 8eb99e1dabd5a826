package io.kafkahdfs.client;

import java.io.IOException;

/** A server answered something that no Kafka broker answers; to follow its name in a message. */
final class NotKafkaException extends IOException {
  NotKafkaException(String message) {
    super(message);
  }
}
