package io.kafkahdfs.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records of one size with KafkaProducer from memory, round robin: {@code BOOTSTRAP TOPIC
 * PARTITIONS RECORDS BYTES}. Prints the seconds and the records that were acknowledged. Its
 * settings are the exporter's.
 */
public final class BareProducer {
  private BareProducer() {}

  public static void main(String[] arguments) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", arguments[0]);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("batch.size", 256 << 10);
    settings.put("linger.ms", 20);
    settings.put("buffer.memory", 64L << 20);
    settings.put("max.request.size", 64 << 20);
    settings.put("send.buffer.bytes", 1 << 20);
    int partitions = Integer.parseInt(arguments[2]);
    long records = Long.parseLong(arguments[3]);
    byte[] value = new byte[Integer.parseInt(arguments[4])];
    new Random(1).nextBytes(value);
    AtomicLong acknowledged = new AtomicLong();
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long record = 0; record < records; record++) {
        producer.send(
            new ProducerRecord<>(arguments[1], (int) (record % partitions), null, value),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              }
            });
      }
    }
    System.out.println((System.nanoTime() - start) / 1e9 + " " + acknowledged);
  }
}
