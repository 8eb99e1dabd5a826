package io.kafkahdfs.producer.job;

import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Appends a line to an input file while it is being sent. */
public class AppendingMapper
    extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
  static final String FILE = "test.append.to";

  @Override
  protected void setup(Context context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Path file = new Path(configuration.get(FILE));
    try (OutputStream out = file.getFileSystem(configuration).append(file)) {
      out.write("late\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
