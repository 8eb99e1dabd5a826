package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.print.RecordFilter;
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
 * @param filter what else they must be
 */
record RecordChoice(
    Set<String> topics, Optional<Integer> partition, long from, long until, RecordFilter filter) {
  /**
   * @throws InvalidSettingException if the conditions are none
   */
  static RecordChoice of(Settings settings) throws InvalidSettingException {
    return new RecordChoice(
        settings.find(LoadSettings.TOPICS).map(Set::copyOf).orElse(Set.of()),
        settings.find(StateSettings.PARTITION),
        settings.find(StateSettings.FROM).orElse(0L),
        settings.find(StateSettings.UNTIL).orElse(Long.MAX_VALUE),
        RecordFilter.of(settings.find(StateSettings.WHERE)));
  }

  /** Whether the places of all records of a file are wanted. */
  boolean takesAll(LandedFile file) {
    return file.parts().stream()
        .allMatch(
            part -> has(part.id()) && part.firstOffset() >= from && part.lastOffset() < until);
  }

  /**
   * @throws LoaderException if that cannot be told
   */
  boolean mayBeIn(LandedFile file) throws LoaderException {
    return filter.mayBeIn(file.path())
        && file.parts().stream()
            .anyMatch(
                part -> has(part.id()) && part.firstOffset() < until && part.lastOffset() >= from);
  }

  /**
   * Whether a record is wanted. One that does not tell its place is taken for one of those that are
   * wanted: that is looked after before.
   *
   * @throws LoaderException if that cannot be told
   */
  boolean has(KafkaRecord record) throws LoaderException {
    boolean inPlace =
        record.partition() == null
            || has(record.partition()) && record.offset() >= from && record.offset() < until;
    return inPlace && filter.has(record);
  }

  private boolean has(PartitionId id) {
    return (topics.isEmpty() || topics.contains(id.topic()))
        && partition.filter(wanted -> wanted != id.partition()).isEmpty();
  }
}
