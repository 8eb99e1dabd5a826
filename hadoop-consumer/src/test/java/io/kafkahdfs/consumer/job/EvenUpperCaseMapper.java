package io.kafkahdfs.consumer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** A user's mapper: leaves out odd offsets, and changes values in place. */
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
