package io.kafkahdfs.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic with KafkaConsumer, so many partitions at once, and drops what it gets: {@code
 * BOOTSTRAP TOPIC PARTITIONS AT-ONCE}. Prints the seconds and the records. Its settings are the
 * loader's.
 */
public final class BareConsumer {
  private BareConsumer() {}

  public static void main(String[] arguments) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", arguments[0]);
    settings.put("max.partition.fetch.bytes", 4 << 20);
    settings.put("fetch.max.bytes", 64 << 20);
    settings.put("fetch.max.wait.ms", 10);
    settings.put("receive.buffer.bytes", 1 << 20);
    settings.put("max.poll.records", 10_000);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < Integer.parseInt(arguments[2]); partition++) {
      all.add(new TopicPartition(arguments[1], partition));
    }
    int atOnce = Integer.parseInt(arguments[3]);
    long start = System.nanoTime();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (int first = 0; first < all.size(); first += atOnce) {
        records += read(consumer, all.subList(first, Math.min(all.size(), first + atOnce)));
      }
    }
    System.out.println((System.nanoTime() - start) / 1e9 + " " + records);
  }

  private static long read(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    long records = 0;
    long bytes = 0;
    while (records < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        bytes += record.value().length;
        records++;
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("Nothing was read of " + partitions);
    }
    return records;
  }
}
