package io.kafkahdfs.producer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** A user's mapper: leaves out records with the key y. */
public final class WithoutYMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  @Override
  protected void map(LongWritable number, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    if (!record.key().toString().equals("y")) {
      context.write(number, record);
    }
  }
}
