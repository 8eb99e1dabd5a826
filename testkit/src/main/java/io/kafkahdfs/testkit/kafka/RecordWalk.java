package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.List;

/** Walks a reader batch by batch, and checks that offsets and positions only go forward. */
public final class RecordWalk {
  private final RangeReader reader;
  private final PartitionId partition;
  private final KafkaRecord record = new KafkaRecord();
  private long position;

  /**
   * @param from the position that the reader begins at
   */
  public RecordWalk(RangeReader reader, PartitionId partition, long from) {
    this.reader = reader;
    this.partition = partition;
    this.position = from;
  }

  /**
   * Takes one batch.
   *
   * @return false at the range's end
   */
  public boolean step(List<ReadRecord> into) throws IOException {
    RecordBatch batch = reader.next();
    if (batch == null) {
      return false;
    }
    long next = position;
    while (batch.next(record)) {
      assertThat(record.partition()).isEqualTo(partition);
      assertThat(record.offset()).isGreaterThanOrEqualTo(next);
      next = record.offset() + 1;
      into.add(ReadRecord.of(record));
    }
    assertThat(batch.next(record)).isFalse();
    assertThat(batch.nextOffset()).isGreaterThanOrEqualTo(next);
    position = batch.nextOffset();
    return true;
  }

  /** Behind the last batch taken. */
  public long position() {
    return position;
  }
}
