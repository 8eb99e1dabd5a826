package io.kafkahdfs.modern;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

@Tag("all-brokers")
class ModernKafka010IT extends ModernClusterContract {
  ModernKafka010IT() {
    super(
        KafkaVersion.V0_10_2,
        EnumSet.of(
            Capability.TIMESTAMPS,
            Capability.STAMPING,
            Capability.OLD_MESSAGE_FORMAT,
            Capability.CLUSTER_ID,
            Capability.PUBLISHED_OFFSETS));
  }
}
