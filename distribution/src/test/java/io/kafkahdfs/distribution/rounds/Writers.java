package io.kafkahdfs.distribution.rounds;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkahdfs.distribution.rounds.Ledger.End;
import io.kafkahdfs.distribution.rounds.Ledger.Sent;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The kinds of writers. */
final class Writers {
  private Writers() {}

  /** A writer for brokers of any age; it is not told offsets. */
  static Writer plain(KafkaTools tools, List<PartitionId> partitions, long seed, Ledger ledger) {
    return new Writer("plain", partitions, seed) {
      @Override
      void write() {
        List<Value> batch = batch(false);
        List<TestRecord> records =
            batch.stream().map(value -> TestRecord.of("k", value.text())).toList();
        try {
          tools.send(batch.get(0).partition(), Codec.NONE, records);
          batch.forEach(value -> ledger.add(End.COMMITTED, List.of(sent(value, -1))));
        } catch (IOException e) {
          batch.forEach(value -> ledger.add(End.UNKNOWN, List.of(sent(value, -1))));
        }
      }
    };
  }

  /** An idempotent writer. */
  static Writer idempotent(
      String bootstrapServers, List<PartitionId> partitions, long seed, Ledger ledger) {
    return new Idempotent(bootstrapServers, partitions, seed, ledger);
  }

  /** A writer of transactions, a quarter of which it aborts. */
  static Writer transactional(
      String bootstrapServers, List<PartitionId> partitions, long seed, Ledger ledger) {
    return new Transactional(bootstrapServers, partitions, seed, ledger);
  }

  private static Sent sent(Writer.Value value, long offset) {
    return new Sent(value.partition(), offset, value.text());
  }

  private static Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, Writer.Value value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            value.partition().topic(),
            value.partition().partition(),
            null,
            value.text().getBytes(UTF_8));
    record.headers().add("length", String.valueOf(value.text().length()).getBytes(UTF_8));
    return producer.send(record);
  }

  private static KafkaProducer<byte[], byte[]> producer(
      String bootstrapServers, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", bootstrapServers);
    config.put("acks", "all");
    config.put("linger.ms", 5);
    config.put("request.timeout.ms", 5_000);
    config.put("delivery.timeout.ms", 20_000);
    config.put("max.block.ms", 20_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static final class Idempotent extends Writer {
    private final Ledger ledger;
    private final KafkaProducer<byte[], byte[]> producer;

    Idempotent(String bootstrapServers, List<PartitionId> partitions, long seed, Ledger ledger) {
      super("idempotent", partitions, seed);
      this.ledger = ledger;
      producer = producer(bootstrapServers, Map.of());
    }

    @Override
    void write() {
      List<Value> batch = batch(true);
      List<Future<RecordMetadata>> futures = new ArrayList<>();
      batch.forEach(value -> futures.add(send(producer, value)));
      for (int i = 0; i < batch.size(); i++) {
        try {
          long offset = futures.get(i).get().offset();
          ledger.add(End.COMMITTED, List.of(sent(batch.get(i), offset)));
        } catch (ExecutionException e) {
          ledger.add(End.UNKNOWN, List.of(sent(batch.get(i), -1)));
        } catch (InterruptedException e) {
          ledger.add(End.UNKNOWN, List.of(sent(batch.get(i), -1)));
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    void close() {
      producer.close(Duration.ZERO);
    }
  }

  private static final class Transactional extends Writer {
    private static final int COMMIT_TRIES = 5;

    private final String bootstrapServers;
    private final Ledger ledger;
    private KafkaProducer<byte[], byte[]> producer;

    Transactional(String bootstrapServers, List<PartitionId> partitions, long seed, Ledger ledger) {
      super("transactional", partitions, seed);
      this.bootstrapServers = bootstrapServers;
      this.ledger = ledger;
    }

    @Override
    void write() {
      List<Value> batch = batch(true);
      List<Sent> sent = new ArrayList<>();
      End end = End.UNKNOWN;
      try {
        begin();
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        for (Value value : batch) {
          futures.add(send(producer, value));
        }
        for (int i = 0; i < batch.size(); i++) {
          sent.add(sent(batch.get(i), futures.get(i).get().offset()));
        }
        if (oneIn(4)) {
          producer.abortTransaction();
          end = End.ABORTED;
        } else {
          commit();
          end = End.COMMITTED;
        }
      } catch (KafkaException | ExecutionException e) {
        close();
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
      }
      ledger.add(
          end, end == End.UNKNOWN ? batch.stream().map(value -> sent(value, -1)).toList() : sent);
    }

    private void begin() {
      if (producer == null) {
        producer =
            producer(
                bootstrapServers,
                Map.of("transactional.id", "rounds", "transaction.timeout.ms", 20_000));
        producer.initTransactions();
      }
      producer.beginTransaction();
    }

    /** Without an answer it may be asked again; it is the same commit. */
    private void commit() {
      for (int tries = 1; ; tries++) {
        try {
          producer.commitTransaction();
          return;
        } catch (TimeoutException e) {
          if (tries == COMMIT_TRIES) {
            throw e;
          }
        }
      }
    }

    @Override
    void close() {
      if (producer != null) {
        producer.close(Duration.ZERO);
        producer = null;
      }
    }
  }
}
