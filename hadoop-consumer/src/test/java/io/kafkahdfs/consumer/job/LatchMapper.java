package io.kafkahdfs.consumer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Holds a load that runs in the test's JVM at its first record, until the test lets it go on. */
public class LatchMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  private static volatile CountDownLatch reached = new CountDownLatch(1);
  private static volatile CountDownLatch released = new CountDownLatch(1);

  /** Before each load. */
  static void reset() {
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
  }

  /**
   * @return whether the load came to its first record, within a time that is long enough
   */
  static boolean awaitReached() throws InterruptedException {
    return reached.await(1, TimeUnit.MINUTES);
  }

  static void release() {
    released.countDown();
  }

  @Override
  protected void map(LongWritable offset, KafkaRecordWritable record, Context context)
      throws IOException, InterruptedException {
    reached.countDown();
    released.await();
    context.write(offset, record);
  }
}
