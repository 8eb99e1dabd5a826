package io.kafkahdfs.consumer.example;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * A mapper that rejects what it cannot make sense of: a record without a user for its key. Whether
 * that fails the run, leaves the record out or puts it aside is said with {@code --on-bad}.
 */
public class WithUserMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  @Override
  protected void map(LongWritable offset, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    if (!record.key().toString().startsWith("user-")) {
      record.reject("its key is no user");
    }
    // Also the ones that are rejected: what is not written counts as filtered.
    context.write(offset, record);
  }
}
