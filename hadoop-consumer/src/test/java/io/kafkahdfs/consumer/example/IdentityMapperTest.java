package io.kafkahdfs.consumer.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.Test;

/** The mapper of a load without {@code --mapper} hands all of a record on. */
class IdentityMapperTest {
  @Test
  void handsOnAllOfARecord() throws IOException {
    KafkaRecordWritable record = EvenUpperCaseMapperTest.record(7, "value");
    record.setHeaders(
        List.of(
            new RecordHeader("trace", "abc".getBytes(StandardCharsets.UTF_8)),
            new RecordHeader("empty", null)));
    KafkaRecordWritable withoutValue = EvenUpperCaseMapperTest.record(8, null);
    withoutValue.key().set(null);

    MapDriver<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> driver =
        MapDriver.newMapDriver(new Mapper<>());
    List<Pair<LongWritable, KafkaRecordWritable>> output =
        driver
            .withInput(new LongWritable(7), record)
            .withInput(new LongWritable(8), withoutValue)
            .run();

    assertThat(output)
        .containsExactly(
            new Pair<>(new LongWritable(7), record), new Pair<>(new LongWritable(8), withoutValue));
    assertThat(output.get(1).getSecond().value().isNull()).isTrue();
    assertThat(output.get(1).getSecond().key().isNull()).isTrue();
  }
}
