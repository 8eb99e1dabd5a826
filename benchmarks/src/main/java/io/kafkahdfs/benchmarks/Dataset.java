package io.kafkahdfs.benchmarks;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;

/**
 * A topic to read.
 *
 * @param valueBytes of each record; its key has 8 more
 * @param records in all partitions together
 */
record Dataset(String topic, int valueBytes, long records) {
  static final int PARTITIONS = 4;

  /** Creates the topic and fills it. */
  static Dataset fill(KafkaTools tools, String topic, Codec codec, int valueBytes, long records)
      throws IOException {
    tools.createTopic(topic, PARTITIONS);
    Values values = new Values(valueBytes);
    long each = Math.max(1, records / PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      tools.send(new PartitionId(topic, partition), codec, values.records(each));
    }
    return new Dataset(topic, valueBytes, each * PARTITIONS);
  }

  /** The bytes of all values. */
  long bytes() {
    return records * valueBytes;
  }
}
