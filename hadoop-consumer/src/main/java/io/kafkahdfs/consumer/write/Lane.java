package io.kafkahdfs.consumer.write;

import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.format.typed.RowSchema;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What records that stand in one file have in common. Two records of one lane may stand in one
 * file, two of different lanes never do.
 *
 * @param folder where its files stand, below the output root
 * @param topic the topic of all its records
 * @param partition the partition of all its records; empty if partitions share files
 * @param columns those of its files; null if they have none
 */
public record Lane(String folder, String topic, OptionalInt partition, RowSchema columns) {
  /** Its files take every record. */
  Lane(String folder, String topic, OptionalInt partition) {
    this(folder, topic, partition, null);
  }

  /** The same, in files with other columns. */
  Lane with(RowSchema newColumns) {
    return new Lane(folder, topic, partition, newColumns);
  }

  /** Whether a lane is this one but for the columns. */
  boolean isBeside(Lane other) {
    return equals(other.with(columns));
  }

  /** Written out, since it may be asked for with every record. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Lane that
            && partition.equals(that.partition)
            && folder.equals(that.folder)
            && topic.equals(that.topic)
            && Objects.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * folder.hashCode() + topic.hashCode()) + partition.hashCode();
  }

  /** What its files say of themselves. */
  Provenance provenance() {
    return new Provenance(topic, partition, isQuarantine());
  }

  /** Whether its records are bad and put aside: no layout makes such a folder. */
  boolean isQuarantine() {
    return Quarantine.holds(folder);
  }
}
