package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cluster under test, and what its contract fills it with. */
abstract class ClusterFixture {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  /** Small enough that a test's few records take several fetches. */
  protected static final ReadSettings SMALL_FETCHES = new ReadSettings(4096, 1 << 20, 1);

  protected static final ReadSettings LARGE_FETCHES = new ReadSettings(4 << 20, 16 << 20, 2);

  private KafkaCluster cluster;

  /** The tools of the cluster under test; closed by whoever extends this. */
  protected abstract KafkaTools tools();

  /** Connects to the cluster under test. */
  protected abstract KafkaCluster connect() throws IOException;

  /**
   * What can be seen of the cluster under test; less than it can do, if its client is older than
   * it. What is not in it must be absent, and say so.
   */
  protected Set<Capability> capabilities() {
    return tools().capabilities();
  }

  @BeforeEach
  final void connectToCluster() throws IOException {
    cluster = connect();
  }

  @AfterEach
  final void disconnect() {
    cluster.close();
  }

  /** The connection of the running test. */
  protected final KafkaCluster cluster() {
    return cluster;
  }

  /** Reads a range to its end, and checks that the reader's positions are right. */
  protected final List<ReadRecord> read(OffsetRange range, ReadSettings settings)
      throws IOException {
    try (RangeReader reader = cluster.read(range, settings)) {
      List<ReadRecord> records = readToEnd(reader, range);
      assertThat(reader.nextRange()).isFalse();
      return records;
    }
  }

  /** Reads the range that a reader is at to its end, and checks that its positions are right. */
  protected static List<ReadRecord> readToEnd(RangeReader reader, OffsetRange range)
      throws IOException {
    List<ReadRecord> records = new ArrayList<>();
    RecordWalk walk = new RecordWalk(reader, range.partition(), range.from());
    while (walk.step(records)) {
      assertThat(walk.position()).isLessThanOrEqualTo(range.until());
    }
    assertThat(walk.position()).isEqualTo(range.until());
    assertThat(reader.next()).isNull();
    return records;
  }

  protected final String newTopicName() {
    return "contract." + TOPICS.incrementAndGet();
  }

  /** The only partition of a new topic. */
  protected final PartitionId newPartition() throws IOException {
    return newPartition(Map.of());
  }

  /** The only partition of a new topic with a configuration. */
  protected final PartitionId newPartition(Map<String, String> config) throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 1, 1, config);
    return new PartitionId(topic, 0);
  }

  /** Records whose keys are their numbers and whose values have a size. */
  protected static List<TestRecord> numbered(int from, int until, int bytes) {
    List<TestRecord> records = new ArrayList<>();
    for (int i = from; i < until; i++) {
      byte[] value = new byte[bytes];
      Arrays.fill(value, (byte) i);
      records.add(new TestRecord(String.valueOf(i).getBytes(StandardCharsets.UTF_8), value));
    }
    return records;
  }

  final void sendOneByOne(PartitionId partition, List<TestRecord> records) throws IOException {
    for (TestRecord record : records) {
      tools().send(partition, record);
    }
  }

  /** How some of the records sent to a new partition look when they are read. */
  protected static List<ReadRecord> expected(List<TestRecord> records, long from, long until) {
    return LongStream.range(from, until)
        .mapToObj(offset -> ReadRecord.of(offset, records.get((int) offset)))
        .toList();
  }
}
