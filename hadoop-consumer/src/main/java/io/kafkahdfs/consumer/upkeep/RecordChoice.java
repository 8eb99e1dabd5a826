package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.offset.PartitionId;
import java.util.Optional;
import java.util.Set;

/**
 * Which landed records somebody wants to see.
 *
 * @param topics empty for all
 * @param partition empty for all
 * @param from the first offset
 * @param until the first offset not
 */
record RecordChoice(Set<String> topics, Optional<Integer> partition, long from, long until) {
  static RecordChoice of(Settings settings) {
    return new RecordChoice(
        settings.find(LoadSettings.TOPICS).map(Set::copyOf).orElse(Set.of()),
        settings.find(StateSettings.PARTITION),
        settings.find(StateSettings.FROM).orElse(0L),
        settings.find(StateSettings.UNTIL).orElse(Long.MAX_VALUE));
  }

  /** Whether all records of a file are wanted. */
  boolean takesAll(LandedFile file) {
    return file.parts().stream()
        .allMatch(
            part -> has(part.id()) && part.firstOffset() >= from && part.lastOffset() < until);
  }

  boolean mayBeIn(LandedFile file) {
    return file.parts().stream()
        .anyMatch(
            part -> has(part.id()) && part.firstOffset() < until && part.lastOffset() >= from);
  }

  boolean has(KafkaRecord record) {
    return has(record.partition()) && record.offset() >= from && record.offset() < until;
  }

  private boolean has(PartitionId id) {
    return (topics.isEmpty() || topics.contains(id.topic()))
        && partition.filter(wanted -> wanted != id.partition()).isEmpty();
  }
}
