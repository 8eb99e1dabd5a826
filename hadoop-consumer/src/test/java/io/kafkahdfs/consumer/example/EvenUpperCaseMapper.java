package io.kafkahdfs.consumer.example;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * A mapper as a user writes one for {@code --mapper}: leaves out odd offsets, and changes values in
 * place. {@code EvenUpperCaseMapperTest} shows how to test it.
 */
public class EvenUpperCaseMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  @Override
  protected void map(LongWritable offset, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    if (offset.get() % 2 == 0) {
      String upper = record.value().toString().toUpperCase(Locale.ROOT);
      record.value().set(upper.getBytes(StandardCharsets.UTF_8));
      context.write(offset, record);
    }
  }
}
