package io.kafkahdfs.format.spi;

import io.kafkahdfs.offset.PartitionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose records are in a file, which it says of itself in the formats that have a place for it.
 *
 * @param topic the topic of all its records
 * @param partition the partition of all its records, if it is one
 * @param quarantine whether they are bad and were put aside, see {@link Quarantine}
 */
public record Provenance(String topic, OptionalInt partition, boolean quarantine) {
  /** Where a file's topic stands. */
  public static final String TOPIC = "kafkahdfs.topic";

  /** How all begins that our files say of themselves. */
  private static final String OWN = "kafkahdfs.";

  private static final String PARTITION = "kafkahdfs.partition";
  private static final String WRITER = "kafkahdfs.writer";
  private static final String PRODUCT = "kafka-hdfs";

  /** The jar's version; classes that were never packaged have none. */
  private static final String VERSION =
      Provenance.class.getPackage().getImplementationVersion() == null
          ? "unpackaged"
          : Provenance.class.getPackage().getImplementationVersion();

  public Provenance {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(partition, "partition");
  }

  /** Records that are not bad. */
  public Provenance(String topic, OptionalInt partition) {
    this(topic, partition, false);
  }

  /** Records of one partition. */
  public static Provenance of(PartitionId partition) {
    return new Provenance(partition.topic(), OptionalInt.of(partition.partition()));
  }

  /** Keys and values: who wrote the file, and whose records are in it. */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(WRITER, PRODUCT + " " + VERSION);
    entries.put(TOPIC, topic);
    partition.ifPresent(number -> entries.put(PARTITION, Integer.toString(number)));
    if (quarantine) {
      entries.put(Quarantine.MARK, "true");
    }
    return entries;
  }

  /** What a file says of itself beside its provenance. */
  public static Map<String, String> others(Map<String, String> metadata) {
    SortedMap<String, String> others = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(OWN) && !List.of(TOPIC, PARTITION, WRITER).contains(key)) {
            others.put(key, value);
          }
        });
    return others;
  }
}
