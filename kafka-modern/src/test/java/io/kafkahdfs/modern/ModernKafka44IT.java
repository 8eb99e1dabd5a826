package io.kafkahdfs.modern;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.util.EnumSet;

class ModernKafka44IT extends ModernClusterContract {
  ModernKafka44IT() {
    super(KafkaVersion.V4_4, EnumSet.complementOf(EnumSet.of(Capability.OLD_MESSAGE_FORMAT)));
  }
}
