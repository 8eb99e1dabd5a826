package io.kafkahdfs.modern;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.util.EnumSet;

class ModernKafka28IT extends ModernClusterContract {
  ModernKafka28IT() {
    super(KafkaVersion.V2_8, EnumSet.allOf(Capability.class));
  }
}
