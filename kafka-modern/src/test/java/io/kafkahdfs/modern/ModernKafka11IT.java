package io.kafkahdfs.modern;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

@Tag("all-brokers")
class ModernKafka11IT extends ModernClusterContract {
  ModernKafka11IT() {
    super(KafkaVersion.V1_1, EnumSet.complementOf(EnumSet.of(Capability.TOPIC_IDS)));
  }
}
