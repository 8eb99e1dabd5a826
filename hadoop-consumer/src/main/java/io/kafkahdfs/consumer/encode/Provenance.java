package io.kafkahdfs.consumer.encode;

import io.kafkahdfs.offset.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file says of itself, in the formats that have a place for it. */
final class Provenance {
  private static final String PRODUCT = "kafka-hdfs";

  /** The jar's version; classes that were never packaged have none. */
  private static final String VERSION =
      Provenance.class.getPackage().getImplementationVersion() == null
          ? "unpackaged"
          : Provenance.class.getPackage().getImplementationVersion();

  private Provenance() {}

  /** Keys and values: who wrote the file, and whose records are in it. */
  static Map<String, String> of(PartitionId partition) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("kafkahdfs.writer", PRODUCT + " " + VERSION);
    entries.put("kafkahdfs.topic", partition.topic());
    entries.put("kafkahdfs.partition", Integer.toString(partition.partition()));
    return entries;
  }
}
