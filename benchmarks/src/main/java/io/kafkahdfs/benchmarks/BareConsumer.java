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
 * Reads a topic with KafkaConsumer, all partitions at once, and drops what it gets: {@code
 * BOOTSTRAP TOPIC PARTITIONS}. Prints the seconds and the records. Its settings are the loader's.
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
    long start = System.nanoTime();
    long records = 0;
    long bytes = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int partition = 0; partition < Integer.parseInt(arguments[2]); partition++) {
        partitions.add(new TopicPartition(arguments[1], partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (records < left) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          bytes += record.value().length;
          records++;
        }
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("Nothing was read of " + arguments[1]);
    }
    System.out.println((System.nanoTime() - start) / 1e9 + " " + records);
  }
}
