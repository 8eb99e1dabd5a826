package io.kafkahdfs.testkit.tools;

import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import java.util.EnumSet;
import java.util.Set;

/** A version of Kafka, such as 0.10.2 or 4.4, and what came with it. */
record BrokerVersion(int major, int minor, int patch) {

  static BrokerVersion parse(String version) {
    String[] parts = (version + ".0").split("\\.");
    return new BrokerVersion(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  Set<Codec> codecs() {
    return isAtLeast(2, 1)
        ? EnumSet.allOf(Codec.class)
        : EnumSet.complementOf(EnumSet.of(Codec.ZSTD));
  }

  Set<Capability> capabilities() {
    Set<Capability> capabilities =
        EnumSet.of(
            Capability.TIMESTAMPS,
            Capability.STAMPING,
            Capability.CLUSTER_ID,
            Capability.PUBLISHED_OFFSETS);
    if (!isAtLeast(3, 0)) {
      capabilities.add(Capability.OLD_MESSAGE_FORMAT);
    }
    if (isAtLeast(0, 11)) {
      capabilities.add(Capability.HEADERS);
      capabilities.add(Capability.TRANSACTIONS);
      capabilities.add(Capability.DELETE_RECORDS);
    }
    if (isAtLeast(2, 8)) {
      capabilities.add(Capability.TOPIC_IDS);
    }
    return capabilities;
  }

  /** Whether partitions can be added by request. */
  boolean addsPartitions() {
    return isAtLeast(1, 0);
  }

  /** Whether a topic's configuration can be changed by request. */
  boolean changesConfigs() {
    return isAtLeast(0, 11);
  }

  /** Whether one line of a topic's configuration can be changed, and the others left. */
  boolean changesConfigsInPart() {
    return isAtLeast(2, 3);
  }

  /** Whether segments below a megabyte need the configuration that is made for tests. */
  boolean hidesSmallSegments() {
    return isAtLeast(4, 0);
  }
}
