package io.kafkahdfs.testkit.tools;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.OpenTransaction;
import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the tests' records. Not for several threads. */
final class Producers implements AutoCloseable {
  private static final int SET_BYTES = 1 << 20;

  /** How many records may be on their way; beyond them the oldest is waited for. */
  private static final int IN_FLIGHT = 10_000;

  private final String bootstrapServers;
  private final Map<Codec, KafkaProducer<byte[], byte[]>> producers = new EnumMap<>(Codec.class);
  private final List<KafkaProducer<byte[], byte[]>> transactional = new ArrayList<>();

  Producers(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  void send(PartitionId partition, Codec codec, Iterable<TestRecord> records) throws IOException {
    send(producers.computeIfAbsent(codec, this::plain), partition, records);
  }

  OpenTransaction begin(PartitionId partition, List<TestRecord> records) throws IOException {
    Map<String, Object> config = config(Codec.NONE);
    config.put("transactional.id", "testkit-" + UUID.randomUUID());
    KafkaProducer<byte[], byte[]> producer = producer(config);
    transactional.add(producer);
    producer.initTransactions();
    producer.beginTransaction();
    send(producer, partition, records);
    return new OpenTransaction() {
      @Override
      public void commit() throws IOException {
        decide(producer::commitTransaction);
      }

      @Override
      public void abort() throws IOException {
        decide(producer::abortTransaction);
      }
    };
  }

  private static void decide(Runnable decision) throws IOException {
    try {
      decision.run();
    } catch (KafkaException e) {
      throw new IOException("The transaction could not be decided", e);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, PartitionId partition, Iterable<TestRecord> records)
      throws IOException {
    ArrayDeque<Future<RecordMetadata>> sent = new ArrayDeque<>();
    for (TestRecord record : records) {
      sent.add(producer.send(kafkaRecord(partition, record)));
      while (sent.size() > IN_FLIGHT && sent.peek().isDone()) {
        Patience.answer(sent.remove());
      }
    }
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      Patience.answer(future);
    }
  }

  private static ProducerRecord<byte[], byte[]> kafkaRecord(
      PartitionId partition, TestRecord record) {
    Long timestamp = record.timestamp().isPresent() ? record.timestamp().getAsLong() : null;
    ProducerRecord<byte[], byte[]> kafkaRecord =
        new ProducerRecord<>(
            partition.topic(), partition.partition(), timestamp, record.key(), record.value());
    for (TestHeader header : record.headers()) {
      kafkaRecord.headers().add(header.key(), header.value());
    }
    return kafkaRecord;
  }

  private KafkaProducer<byte[], byte[]> plain(Codec codec) {
    Map<String, Object> config = config(codec);
    // Brokers before 0.11 do not know it.
    config.put("enable.idempotence", false);
    config.put("max.in.flight.requests.per.connection", 1);
    return producer(config);
  }

  private Map<String, Object> config(Codec codec) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("acks", "all");
    config.put("compression.type", codec.name().toLowerCase(Locale.ROOT));
    config.put("batch.size", SET_BYTES);
    // Sets go when they are full, or when all records are in.
    config.put("linger.ms", 3_600_000);
    config.put("delivery.timeout.ms", 7_200_000);
    config.put("max.request.size", 20_000_000);
    config.put("buffer.memory", 67_108_864);
    return config;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
    return OwnClassLoader.call(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public void close() {
    producers.values().forEach(producer -> producer.close(Duration.ZERO));
    transactional.forEach(producer -> producer.close(Duration.ZERO));
  }
}
