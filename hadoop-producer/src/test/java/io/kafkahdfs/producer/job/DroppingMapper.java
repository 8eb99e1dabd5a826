package io.kafkahdfs.producer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Leaves out every third record. */
public final class DroppingMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  @Override
  protected void map(LongWritable number, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    if (number.get() % 3 != 2) {
      context.write(number, record);
    }
  }
}
