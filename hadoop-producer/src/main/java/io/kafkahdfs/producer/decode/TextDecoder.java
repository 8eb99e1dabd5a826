package io.kafkahdfs.producer.decode;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** Lines as Hadoop reads them, decompressed by the file's name. */
final class TextDecoder implements RecordDecoder {
  private final LineRecordReader lines = new LineRecordReader();
  private final byte[] separator;

  TextDecoder(
      Path file, long start, long length, Optional<String> separator, Configuration configuration)
      throws IOException {
    this.separator = separator.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    try {
      lines.initialize(
          new FileSplit(file, start, length, new String[0]),
          new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!lines.nextKeyValue()) {
      return false;
    }
    Text line = lines.getCurrentValue();
    byte[] bytes = line.getBytes();
    int length = line.getLength();
    into.setPosition(null, 0);
    if (separator == null) {
      into.key().setNull();
      into.value().set(bytes, 0, length);
      return true;
    }
    int at = find(bytes, length);
    if (at < 0) {
      throw new BadRecordException(
          "has no key separator \""
              + new String(separator, StandardCharsets.UTF_8)
              + "\" (--key-separator)");
    }
    into.key().set(bytes, 0, at);
    int value = at + separator.length;
    into.value().set(bytes, value, length - value);
    return true;
  }

  private int find(byte[] bytes, int length) {
    for (int at = 0; at <= length - separator.length; at++) {
      int matched = 0;
      while (matched < separator.length && bytes[at + matched] == separator[matched]) {
        matched++;
      }
      if (matched == separator.length) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public float progress() throws IOException {
    return lines.getProgress();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
