package io.kafkahdfs.benchmarks;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * A topic to read.
 *
 * @param codec of its records
 * @param valueBytes of each record; its key has 8 more
 * @param records in all partitions together
 */
record Dataset(String topic, Codec codec, int valueBytes, long records) {
  static final int PARTITIONS = 4;

  /** Creates the topic and fills it. */
  static Dataset fill(KafkaTools tools, String topic, Codec codec, int valueBytes, long records)
      throws IOException {
    tools.createTopic(topic, PARTITIONS);
    Values values = new Values(valueBytes);
    return send(tools, topic, codec, valueBytes, records, values::records);
  }

  /**
   * The same with other values.
   *
   * @param bytes of all values together, about
   */
  static Dataset fill(KafkaTools tools, String topic, Codec codec, Pool values, long bytes)
      throws IOException {
    tools.createTopic(topic, PARTITIONS);
    return send(
        tools, topic, codec, values.valueBytes(), bytes / values.valueBytes(), values::records);
  }

  /** The same, with records that have times, and that are never too old for retention. */
  static Dataset fill(
      KafkaTools tools, String topic, Codec codec, int valueBytes, long records, Times times)
      throws IOException {
    tools.createTopic(topic, PARTITIONS, 1, Map.of("retention.ms", "-1"));
    Values values = new Values(valueBytes);
    return send(tools, topic, codec, valueBytes, records, count -> values.records(count, times));
  }

  private static Dataset send(
      KafkaTools tools,
      String topic,
      Codec codec,
      int valueBytes,
      long records,
      LongFunction<Iterable<TestRecord>> values)
      throws IOException {
    long each = Math.max(1, records / PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      tools.send(new PartitionId(topic, partition), codec, values.apply(each));
    }
    return new Dataset(topic, codec, valueBytes, each * PARTITIONS);
  }

  /** For the table. */
  String work(KafkaVersion version) {
    String compressed = codec == Codec.NONE ? "" : " " + codec.name().toLowerCase(Locale.ROOT);
    return "%s, %d B%s".formatted(version.number(), valueBytes, compressed);
  }

  /** The bytes of all values. */
  long bytes() {
    return records * valueBytes;
  }
}
