package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The testkit's own brokers and tools; with the others the clients' contract tries the tools. */
@ParameterizedClass
@EnumSource(names = {"V0_9", "V4_4"})
class BrokersIT {
  private static TestKafka kafka;

  @Parameter KafkaVersion version;

  @BeforeParameterizedClassInvocation
  static void start(KafkaVersion version) throws IOException {
    kafka = TestKafka.start(version, 2, Map.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    kafka.close();
  }

  @Test
  void holdsWhatWasSent() throws IOException {
    for (Codec codec : kafka.tools().codecs()) {
      PartitionId partition = topic("sent-" + codec, Map.of());
      kafka.tools().send(partition, codec, records(100));
      assertThat(kafka.tools().offsets(partition)).hasSize(100).startsWith(0L).endsWith(99L);
      assertThat(kafka.tools().topics()).contains("sent-" + codec).doesNotContain("never-sent");
    }
  }

  @Test
  void tellsWhichReplicasAreInSync() throws IOException {
    kafka.tools().createTopic("replicated", 1, 2, Map.of());
    assertThat(kafka.tools().inSync(new PartitionId("replicated", 0)))
        .containsExactlyInAnyOrder(0, 1);
    PartitionId single = topic("single", Map.of());
    assertThat(kafka.tools().inSync(single)).containsExactly(kafka.tools().leader(single));
  }

  @Test
  void addsPartitionsAndDeletesTopics() throws IOException {
    kafka.tools().createTopic("grown", 1);
    kafka.tools().addPartitions("grown", 3);
    kafka.tools().send(new PartitionId("grown", 2), TestRecord.of("key", "value"));
    kafka.tools().deleteTopic("grown");
    assertThat(kafka.tools().topics()).doesNotContain("grown");
  }

  @Test
  void hidesAbortedAndUndecidedRecords() throws IOException {
    if (!kafka.tools().capabilities().contains(Capability.TRANSACTIONS)) {
      PartitionId partition = topic("transactions", Map.of());
      assertThatThrownBy(() -> kafka.tools().beginTransaction(partition, records(1)))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    PartitionId partition = topic("transactions", Map.of());
    kafka.tools().beginTransaction(partition, records(2)).commit();
    kafka.tools().beginTransaction(partition, records(3)).abort();
    kafka.tools().send(partition, Codec.NONE, records(2));
    kafka.tools().beginTransaction(partition, records(2));
    assertThat(kafka.tools().offsets(partition)).containsExactly(0L, 1L, 7L, 8L);
  }

  @Test
  void bringsNoKafkaToTheTestsClassPath() {
    assertThatThrownBy(() -> Class.forName("org.apache.kafka.clients.producer.KafkaProducer"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void removesOldSegments() throws IOException {
    PartitionId partition = topic("removed", Map.of("segment.bytes", "1000"));
    for (TestRecord record : records(100)) {
      kafka.tools().send(partition, record);
    }
    long first = kafka.tools().removeBefore(partition, 50);
    assertThat(first).isBetween(1L, 50L);
    assertThat(kafka.tools().offsets(partition))
        .isEqualTo(LongStream.range(first, 100).boxed().toList());
  }

  @Test
  void compacts() throws IOException {
    PartitionId partition =
        topic(
            "compacted",
            Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", "1000",
                "min.cleanable.dirty.ratio", "0.01"));
    for (int i = 0; i < 100; i++) {
      kafka.tools().send(partition, TestRecord.of("key", "value " + i));
    }
    kafka.tools().awaitCompaction(partition);
    assertThat(kafka.tools().offsets(partition)).endsWith(98L, 99L).hasSizeLessThan(50);
  }

  @Test
  void keepsPortAndDataWhenKilledAndStartedAgain() throws IOException {
    PartitionId partition = topic("survivor", Map.of());
    kafka.tools().send(partition, Codec.NONE, records(10));
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    String address = leader.address();
    leader.kill();
    assertThatThrownBy(() -> connect(address)).isInstanceOf(IOException.class);
    leader.start();
    assertThat(leader.address()).isEqualTo(address);
    kafka.tools().send(partition, Codec.NONE, records(10));
    assertThat(kafka.tools().offsets(partition)).hasSize(20);
  }

  @Test
  void haltsAndGoesOn() throws IOException {
    TestBroker broker = kafka.broker(1);
    broker.suspend();
    assertThat(state(broker)).isEqualTo("T");
    broker.resume();
    assertThat(state(broker)).isNotEqualTo("T");
  }

  private static String state(TestBroker broker) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-o", "state=", "-p", String.valueOf(broker.pid())).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static void connect(String address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress("127.0.0.1", Integer.parseInt(address.split(":")[1])), 1000);
    }
  }

  private PartitionId topic(String name, Map<String, String> config) throws IOException {
    kafka.tools().createTopic(name, 1, 1, config);
    return new PartitionId(name, 0);
  }

  private static List<TestRecord> records(int count) {
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(TestRecord.of("key " + i, "value " + i));
    }
    return records;
  }
}
