package io.kafkahdfs.consumer.example;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.junit.jupiter.api.Test;

class WithUserMapperTest {
  @Test
  void rejectsWhatHasNoUser() throws IOException {
    KafkaRecordWritable good = EvenUpperCaseMapperTest.record(7, "a");
    good.key().set("user-5".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    KafkaRecordWritable rejected = EvenUpperCaseMapperTest.record(8, "b");
    rejected.reject("its key is no user");

    MapDriver.newMapDriver(new WithUserMapper())
        .withInput(new LongWritable(7), good)
        .withInput(new LongWritable(8), EvenUpperCaseMapperTest.record(8, "b"))
        .withOutput(new LongWritable(7), good)
        .withOutput(new LongWritable(8), rejected)
        .runTest();
  }
}
