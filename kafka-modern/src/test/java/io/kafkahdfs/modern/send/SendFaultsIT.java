package io.kafkahdfs.modern.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.modern.connection.BrokerAbilities;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What sending does when brokers fail or refuse; see {@code ModernFaultsIT} for reading. */
class SendFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final SendSettings SENDING =
      new SendSettings(SendSettings.Compression.NONE, 4096, Duration.ofMillis(5));
  private static final RecordSender.Acknowledgement ACKNOWLEDGED = (partition, offset) -> {};

  private static TestKafka kafka;
  private static int topics;

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V4_4, 2, Map.of());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /**
   * The request to commit is sent a second time, and both arrive when the broker is back. What is
   * left of the first one must not meet the next transaction.
   */
  @Test
  void shutsOutWhatIsLeftOfACommitThatWasSentTwice() throws Exception {
    PartitionId partition = newPartition();
    String id = partition.topic();
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    TestBroker coordinator = leader;
    try (KafkaTarget target = target(Map.of("request.timeout.ms", "500"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        TransactionalSender sender = target.transactions().orElseThrow().sender(id, SENDING)) {
      coordinator = kafka.broker(transaction(admin, id).coordinatorId());
      send(sender, partition, "a", 1);
      sender.commit(partition, new SendProgress(1, ""));
      int epoch = transaction(admin, id).producerEpoch();
      send(sender, partition, "b", 2);
      sender.flush();
      commitTwice(coordinator, (TransactionalProducerSender) sender, partition);
      send(sender, partition, "c", 3);
      sender.commit(partition, new SendProgress(3, ""));
      assertThat(transaction(admin, id).producerEpoch()).isGreaterThan(epoch);
      assertThat(sender.progress(partition)).contains(new SendProgress(3, ""));
    } finally {
      coordinator.resume();
    }
    assertThat(committed(partition)).containsExactly("a", "b", "c");
  }

  /** Lets a broker hang until the request to commit is given up and sent again. */
  private static void commitTwice(
      TestBroker broker, TransactionalProducerSender sender, PartitionId partition)
      throws Exception {
    long lost = sender.lostConnections();
    broker.suspend();
    CompletableFuture<Void> committed =
        CompletableFuture.runAsync(
            () -> {
              try {
                sender.commit(partition, new SendProgress(2, ""));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      await("a lost connection")
          .atMost(Duration.ofMinutes(1))
          .until(() -> sender.lostConnections() != lost);
    } finally {
      broker.resume();
    }
    committed.get(1, TimeUnit.MINUTES);
  }

  /** What went wrong first is what the user must hear. */
  @Test
  void aCommitWithoutAnAnswerIsNotHiddenByItsEnd() throws IOException {
    PartitionId partition = newPartition();
    String id = partition.topic();
    TestBroker coordinator = null;
    try (KafkaTarget target = target(Map.of("request.timeout.ms", "500", "max.block.ms", "5000"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TransactionalProducerSender sender =
          (TransactionalProducerSender) target.transactions().orElseThrow().sender(id, SENDING);
      coordinator = kafka.broker(transaction(admin, id).coordinatorId());
      send(sender, partition, "a", 1);
      sender.flush();
      sender.addProgress(partition, new SendProgress(1, ""));
      coordinator.suspend();
      assertThatThrownBy(sender::decide)
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("whether a transaction was committed");
      assertThatCode(sender::close).doesNotThrowAnyException();
    } finally {
      if (coordinator != null) {
        coordinator.resume();
      }
    }
  }

  /**
   * Where the user may not see what the topic takes: the client splits the batch of both records
   * into one of both records, again and again, and says in the end that it timed out.
   */
  @Test
  void aLargeRecordIsNotTakenForABrokerThatDoesNotAnswer() throws IOException {
    String topic = "faults." + topics++;
    kafka.tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "100000"));
    ClientProperties properties =
        ClientProperties.of(new ClusterSettings(servers(), Duration.ofSeconds(5), Map.of()));
    BrokerAbilities brokers = new BrokerAbilities(Isolation.READ_COMMITTED, true);
    try (RecordSender sender =
        ProducerSender.start(
            properties.producer(SENDING, brokers),
            new SendFailures(properties),
            new RecordCheck(hidden -> Map.of(), SENDING),
            new ProducerSender.How(true, true))) {
      KafkaRecord record = new KafkaRecord();
      record.value().set(new byte[300_000]);
      sender.send(record, topic, 0, 1, ACKNOWLEDGED);
      record.value().set(new byte[1]);
      sender.send(record, topic, 0, 2, ACKNOWLEDGED);
      SendFailedException failure = catchThrowableOfType(SendFailedException.class, sender::flush);
      assertThat(failure.number()).isEqualTo(1);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason()).contains(topic, "too large", "max.message.bytes");
    }
  }

  private static TransactionDescription transaction(Admin admin, String id) {
    try {
      return admin.describeTransactions(List.of(id)).description(id).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(
      TransactionalSender sender, PartitionId partition, String value, long number)
      throws IOException {
    KafkaRecord record = new KafkaRecord();
    record.value().set(value.getBytes(StandardCharsets.UTF_8));
    sender.send(record, partition.topic(), partition.partition(), number, ACKNOWLEDGED);
  }

  private static List<String> committed(PartitionId partition) throws IOException {
    List<String> values = new ArrayList<>();
    kafka
        .tools()
        .read(
            partition,
            (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    return values;
  }

  private static KafkaTarget target(Map<String, String> client) throws IOException {
    return KafkaClusters.target(new ClusterSettings(servers(), TIMEOUT, client), Optional.empty());
  }

  private static List<String> servers() {
    return List.of(kafka.bootstrapServers().split(","));
  }

  private static PartitionId newPartition() throws IOException {
    String topic = "faults." + topics++;
    kafka.tools().createTopic(topic, 1, 1, Map.of());
    return new PartitionId(topic, 0);
  }
}
