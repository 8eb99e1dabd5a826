package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * Holds a task on a cluster until the test opens its {@link Gate}. What passes it is not changed.
 */
public class GateMapper<K, V> extends Mapper<K, V, K, V> {
  static final String FOLDER = "test.gate";
  static final String RECORDS = "test.gate.records";
  static final String OPEN = "open";

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    int left = context.getConfiguration().getInt(RECORDS, 0);
    while (context.nextKeyValue()) {
      if (left-- == 0) {
        hold(context);
      }
      context.write(context.getCurrentKey(), context.getCurrentValue());
    }
  }

  private void hold(Context context) throws IOException {
    Path gate = new Path(context.getConfiguration().get(FOLDER));
    FileSystem files = gate.getFileSystem(context.getConfiguration());
    files.create(new Path(gate, context.getTaskAttemptID().toString())).close();
    while (!files.exists(new Path(gate, OPEN))) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
