package io.kafkahdfs.modern;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.util.EnumSet;

class ModernKafka39IT extends ModernClusterContract {
  ModernKafka39IT() {
    super(KafkaVersion.V3_9, EnumSet.complementOf(EnumSet.of(Capability.OLD_MESSAGE_FORMAT)));
  }
}
