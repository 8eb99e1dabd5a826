package io.kafkahdfs.consumer.example;

import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a mapper with MRUnit, as its user would. */
class EvenUpperCaseMapperTest {
  private MapDriver<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> driver;

  @BeforeEach
  void prepare() {
    driver = MapDriver.newMapDriver(new EvenUpperCaseMapper());
  }

  @Test
  void writesEvenOffsetsInUpperCase() throws IOException {
    driver
        .withInput(new LongWritable(42), record(42, "straße"))
        .withOutput(new LongWritable(42), record(42, "STRASSE"))
        .runTest();
  }

  @Test
  void leavesOutOddOffsets() throws IOException {
    driver
        .withInput(new LongWritable(6), record(6, "a"))
        .withInput(new LongWritable(7), record(7, "b"))
        .withInput(new LongWritable(8), record(8, "c"))
        .withOutput(new LongWritable(6), record(6, "A"))
        .withOutput(new LongWritable(8), record(8, "C"))
        .runTest();
  }

  static KafkaRecordWritable record(long offset, String value) {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(new PartitionId("events", 3), offset);
    record.setTimestamp(1_700_000_000_000L, TimestampType.CREATE_TIME);
    record.key().set("key".getBytes(StandardCharsets.UTF_8));
    record.value().set(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    record.setHeaders(List.of());
    return record;
  }
}
