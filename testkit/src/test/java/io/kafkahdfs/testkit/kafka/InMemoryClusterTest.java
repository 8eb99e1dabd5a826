package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryClusterTest extends KafkaClusterContract {
  private final InMemoryCluster memory = new InMemoryCluster(Generation.LEGACY);

  @Override
  protected KafkaTools tools() {
    return memory.tools();
  }

  @Override
  protected KafkaCluster connect() {
    return memory;
  }

  @Test
  void deliversWhatComesBeforeADamagedRecord() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 10, 10);
    tools().send(partition, Codec.NONE, records);
    memory.damage(partition, 4);
    List<ReadRecord> seen = new ArrayList<>();
    try (RangeReader reader = memory.read(new OffsetRange(partition, 0, 10), LARGE_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      DamagedRecordException exception =
          catchThrowableOfType(
              DamagedRecordException.class,
              () -> {
                while (walk.step(seen)) {
                  // On to the damaged one.
                }
              });
      assertThat(exception.damaged()).isEqualTo(new OffsetRange(partition, 4, 5));
    }
    assertThat(seen).isEqualTo(expected(records, 0, 4));
  }

  @Test
  void stepsOverOffsetsLeftOut() throws IOException {
    PartitionId partition = newPartition();
    memory.append(partition, TestRecord.of("a", "0"));
    memory.skip(partition, 5);
    memory.append(partition, TestRecord.of("b", "6"));
    memory.skip(partition, 3);
    assertThat(read(new OffsetRange(partition, 0, 10), LARGE_FETCHES))
        .extracting(ReadRecord::offset)
        .containsExactly(0L, 6L);
  }

  /** The same of sending. */
  @Nested
  class Sending extends KafkaTargetContract {
    @Override
    protected KafkaTools tools() {
      return memory.tools();
    }

    @Override
    protected Optional<TestBroker> broker(int id) {
      return Optional.empty();
    }

    @Override
    protected KafkaTarget connect(Map<String, String> client) {
      return memory.target(client);
    }
  }
}
