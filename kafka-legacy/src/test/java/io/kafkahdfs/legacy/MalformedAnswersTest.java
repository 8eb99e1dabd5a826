package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What brokers of the first protocol may answer to any question instead of what it says. Kafka's
 * own client makes room for as much as an answer says that it has.
 */
class MalformedAnswersTest {
  private static final PartitionId PARTITION =
      new PartitionId(NonsenseBroker.TOPIC, NonsenseBroker.PARTITION);
  private static final OffsetRange ALL =
      new OffsetRange(PARTITION, NonsenseBroker.FIRST, NonsenseBroker.END);
  private static final ReadSettings READING = new ReadSettings(4096, 1 << 20, 1);

  /** Who answers nonsense is asked again until this is over. */
  private static final Duration IMPATIENT = Duration.ofMillis(20);

  private NonsenseBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new NonsenseBroker(set());
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void soundAnswers() throws IOException {
    try (KafkaCluster cluster = connect(Duration.ofSeconds(30))) {
      assertThat(describe(cluster).readable()).isEqualTo(Map.of(PARTITION, ALL));
      assertThat(read(cluster)).isEqualTo(NonsenseBroker.END - NonsenseBroker.FIRST);
    }
  }

  @Test
  void spoiledAnswersAboutTheCluster() {
    Cases.runAllocating(
        400,
        random -> {
          broker.spoil(response -> spoil(response, random));
          try (KafkaCluster cluster = connect(IMPATIENT)) {
            describe(cluster).readable().values().forEach(range -> require(range != null, null));
          } catch (LoaderException e) {
            named(e);
          }
        });
  }

  @Test
  void spoiledAnswersToAskingForATime() {
    Cases.runAllocating(
        200,
        random -> {
          broker.spoil(response -> spoil(response, random));
          try (KafkaCluster cluster = connect(IMPATIENT)) {
            cluster
                .offsetsAt(Set.of(PARTITION), Instant.EPOCH)
                .values()
                .forEach(offset -> require(offset != null, null));
          } catch (LoaderException e) {
            named(e);
          }
        });
  }

  @Test
  void spoiledAnswersToFetching() {
    Cases.runAllocating(
        400,
        random -> {
          broker.spoil(response -> spoil(response, random));
          try (KafkaCluster cluster = connect(IMPATIENT)) {
            read(cluster);
          } catch (LoaderException e) {
            named(e);
          }
        });
  }

  private static byte[] spoil(byte[] response, Random random) {
    Spoiler spoiler = new Spoiler(random);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> response;
      case 3 -> answer(spoiler.bytes(100));
      case 4 -> Arrays.copyOf(response, random.nextInt(response.length));
      default -> answer(spoiler.spoil(Arrays.copyOfRange(response, 4, response.length)));
    };
  }

  /** With a length that fits: the client makes room for whatever it says. */
  private static byte[] answer(byte[] body) {
    return ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
  }

  /** As a server that speaks something else seems to. */
  @Test
  void anAnswerThatClaimsGigabytesIsNamed() {
    broker.spoil(response -> ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
    assertThatThrownBy(() -> connect(IMPATIENT))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(broker.address());
  }

  private KafkaCluster connect(Duration timeout) throws IOException {
    return KafkaClusters.reconnect(
        new ClusterSettings(List.of(broker.address()), timeout, Map.of()), Generation.LEGACY);
  }

  private static TopicsSnapshot describe(KafkaCluster cluster) throws IOException {
    return cluster.describe(TopicFilter.of(NonsenseBroker.TOPIC));
  }

  private static long read(KafkaCluster cluster) throws IOException {
    long records = 0;
    KafkaRecord record = new KafkaRecord();
    try (RangeReader reader = cluster.read(ALL, READING)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        while (batch.next(record)) {
          records++;
        }
      }
    }
    return records;
  }

  /** By the broker that said it, or by the partition that it is about. */
  private void named(LoaderException e) {
    String message = e.getMessage();
    require(message.contains("127.0.0.1:") || message.contains(PARTITION.topic() + "-"), e);
    require(!message.contains("\n") && !message.endsWith("null"), e);
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }

  private static byte[] set() {
    MemoryRecords records =
        MemoryRecords.emptyRecords(ByteBuffer.allocate(10_000), CompressionType.NONE);
    for (long i = NonsenseBroker.FIRST; i < NonsenseBroker.END; i++) {
      records.append(i, new byte[] {'k'}, ("value " + i).getBytes(StandardCharsets.UTF_8));
    }
    records.close();
    byte[] bytes = new byte[records.buffer().remaining()];
    records.buffer().get(bytes);
    return bytes;
  }
}
