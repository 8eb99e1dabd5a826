package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Records as Kafka's consumer handed them out, seen where they lie in what was fetched. */
final class ConsumerBatch implements RecordBatch {
  private final PartitionId partition;
  private final List<ConsumerRecord<ByteBuffer, ByteBuffer>> records;
  private final long nextOffset;
  private int index;

  ConsumerBatch(
      PartitionId partition,
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records,
      long nextOffset) {
    this.partition = partition;
    this.records = records;
    this.nextOffset = nextOffset;
  }

  @Override
  public boolean next(KafkaRecord into) {
    if (index == records.size()) {
      return false;
    }
    ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(index++);
    into.setPosition(partition, record.offset());
    show(record.key(), into.key());
    show(record.value(), into.value());
    setTimestamp(record, into);
    Header[] headers = record.headers().toArray();
    into.setLeaderEpoch(leaderEpoch(record));
    into.setHeaders(headers.length == 0 ? List.of() : headers(headers));
    return true;
  }

  static int leaderEpoch(ConsumerRecord<?, ?> record) {
    return record.leaderEpoch().orElse(KafkaRecord.NO_LEADER_EPOCH);
  }

  static void show(ByteBuffer bytes, ByteView view) {
    if (bytes == null) {
      view.setNull();
    } else if (bytes.hasArray()) {
      view.set(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      view.set(copy);
    }
  }

  private static void setTimestamp(ConsumerRecord<?, ?> record, KafkaRecord into) {
    // What old producers sent to newer brokers has a type, and -1.
    if (record.timestamp() == KafkaRecord.NO_TIMESTAMP) {
      into.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);
      return;
    }
    into.setTimestamp(
        record.timestamp(),
        switch (record.timestampType()) {
          case CREATE_TIME -> TimestampType.CREATE_TIME;
          case LOG_APPEND_TIME -> TimestampType.LOG_APPEND_TIME;
          case NO_TIMESTAMP_TYPE -> TimestampType.NONE;
        });
  }

  private static List<RecordHeader> headers(Header[] headers) {
    return Arrays.stream(headers)
        .map(header -> new RecordHeader(header.key(), header.value()))
        .toList();
  }

  @Override
  public long nextOffset() {
    return nextOffset;
  }
}
