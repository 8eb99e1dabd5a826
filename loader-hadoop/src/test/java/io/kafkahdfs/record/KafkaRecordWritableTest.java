package io.kafkahdfs.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaRecordWritableTest {
  private static KafkaRecordWritable copy(KafkaRecordWritable record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    record.write(new DataOutputStream(bytes));
    KafkaRecordWritable read = new KafkaRecordWritable();
    read.readFields(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }

  @Test
  void nothingIsLostOnTheWayToAReducer() throws IOException {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(new PartitionId("ereignisse", 3), 1L << 40);
    record.setTimestamp(1234567890123L, TimestampType.LOG_APPEND_TIME);
    record.key().set(new byte[] {9, 1, 2, 9}, 1, 2);
    record.value().set("wörter".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    record.setHeaders(List.of(new RecordHeader("a", new byte[] {1}), new RecordHeader("b", null)));

    KafkaRecordWritable read = copy(record);
    assertThat(read.partition()).isEqualTo(record.partition());
    assertThat(read.offset()).isEqualTo(1L << 40);
    assertThat(read.timestamp()).isEqualTo(1234567890123L);
    assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(read.key().toByteArray()).containsExactly(1, 2);
    assertThat(read.value()).hasToString("wörter");
    assertThat(read.headers()).hasSize(2);
    assertThat(read.headers().get(0).value()).containsExactly(1);
    assertThat(read.headers().get(1).value()).isNull();
  }

  @Test
  void aRejectionIsNotLostAndIsTakenOnce() throws IOException {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(new PartitionId("events", 0), 0);
    record.setTimestamp(5, TimestampType.LOG_APPEND_TIME);
    assertThat(copy(record)).isEqualTo(record);
    KafkaRecordWritable accepted = copy(record);

    record.reject("smells");

    KafkaRecordWritable read = copy(record);
    assertThat(read).isEqualTo(record).isNotEqualTo(accepted);
    assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(read.takeRejection()).isEqualTo("smells");
    assertThat(read.rejection()).isNull();
    assertThat(read).isEqualTo(accepted);
  }

  @Test
  void nullIsNotEmpty() throws IOException {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(new PartitionId("events", 0), 0);
    record.key().setNull();
    record.value().set(new byte[0]);

    KafkaRecordWritable read = copy(record);
    assertThat(read.key().isNull()).isTrue();
    assertThat(read.value().isNull()).isFalse();
    assertThat(read.value().length()).isZero();
  }
}
