package io.kafkahdfs.consumer.write;

import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.Quarantine;
import java.util.OptionalInt;

/**
 * What records that stand in one file have in common. Two records of one lane may stand in one
 * file, two of different lanes never do.
 *
 * @param folder where its files stand, below the output root
 * @param topic the topic of all its records
 * @param partition the partition of all its records; empty if partitions share files
 */
public record Lane(String folder, String topic, OptionalInt partition) {
  /** What its files say of themselves. */
  Provenance provenance() {
    return new Provenance(topic, partition, isQuarantine());
  }

  /** Whether its records are bad and put aside: no layout makes such a folder. */
  boolean isQuarantine() {
    return Quarantine.holds(folder);
  }
}
