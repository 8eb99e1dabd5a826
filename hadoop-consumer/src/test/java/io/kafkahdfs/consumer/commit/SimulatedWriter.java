package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.store.FileStore;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** The writer of a task attempt, on a file store that a test chooses. */
public final class SimulatedWriter {
  private SimulatedWriter() {}

  public static RecordWriter<LongWritable, KafkaRecordWritable> open(
      FileStore store,
      RunFolder run,
      EncodeSettings encoding,
      long rollBytes,
      TaskAttemptContext context) {
    return new LoaderRecordWriter(store, run, encoding, rollBytes, context);
  }
}
