package io.kafkahdfs.consumer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * Holds a task on a cluster at its first record until the test opens the gate, which is a folder:
 * each attempt that has come to it leaves a file of its name there, and the file {@link #OPEN}
 * opens it.
 */
public class GateMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  static final String FOLDER = "test.gate";
  static final String OPEN = "open";

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    Path gate = new Path(context.getConfiguration().get(FOLDER));
    FileSystem files = gate.getFileSystem(context.getConfiguration());
    if (context.nextKeyValue()) {
      files.create(new Path(gate, context.getTaskAttemptID().toString())).close();
      while (!files.exists(new Path(gate, OPEN))) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      do {
        context.write(context.getCurrentKey(), context.getCurrentValue());
      } while (context.nextKeyValue());
    }
  }
}
