package io.kafkahdfs.format.lines;

import io.kafkahdfs.client.ByteView;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** Lines of a stretch of a compressed file, by Hadoop's own reader. */
final class HadoopLines implements Lines {
  private final LineRecordReader reader = new LineRecordReader();

  HadoopLines(Path file, long start, long length, Configuration configuration) throws IOException {
    try {
      reader.initialize(
          new FileSplit(file, start, length, new String[0]),
          new TaskAttemptContextImpl(unlimited(configuration), new TaskAttemptID()));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Lines that are longer than a cluster's limit would be passed over. */
  private static Configuration unlimited(Configuration configuration) {
    Configuration copy = new Configuration(configuration);
    copy.unset(LineRecordReader.MAX_LINE_LENGTH);
    return copy;
  }

  @Override
  public boolean next(ByteView into) throws IOException {
    if (!reader.nextKeyValue()) {
      return false;
    }
    Text line = reader.getCurrentValue();
    into.set(line.getBytes(), 0, line.getLength());
    return true;
  }

  @Override
  public float progress() throws IOException {
    return reader.getProgress();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
