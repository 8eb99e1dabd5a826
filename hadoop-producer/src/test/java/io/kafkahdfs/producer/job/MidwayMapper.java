package io.kafkahdfs.producer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Does something for a test before it passes on record {@link #AT}; in the test's own JVM only. */
public final class MidwayMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  static final long AT = 5_000;

  /** What is done. */
  static volatile Callable<?> action;

  @Override
  protected void map(LongWritable number, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    if (number.get() == AT) {
      try {
        action.call();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    context.write(number, record);
  }
}
