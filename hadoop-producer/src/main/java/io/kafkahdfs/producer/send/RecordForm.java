package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.record.KafkaRecordWritable;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/** Makes records of what jobs write. */
final class RecordForm {
  private final KafkaRecordWritable record = new KafkaRecordWritable();

  /** A whole record as it is; other keys and values become its key and value. */
  KafkaRecord of(Object key, Object value) throws LoaderException {
    if (value instanceof KafkaRecordWritable whole) {
      return whole;
    }
    show("key", key, record.key());
    show("value", value, record.value());
    return record;
  }

  private static void show(String what, Object object, ByteView view) throws LoaderException {
    if (object == null || object instanceof NullWritable) {
      view.setNull();
    } else if (object instanceof BytesWritable bytes) {
      view.set(bytes.getBytes(), 0, bytes.getLength());
    } else if (object instanceof Text text) {
      view.set(text.getBytes(), 0, text.getLength());
    } else {
      throw new LoaderException(
          ExitCode.FAILURE,
          "A "
              + what
              + " is a "
              + object.getClass().getName()
              + ". KafkaOutputFormat sends Text, BytesWritable and NullWritable, and values that"
              + " are a KafkaRecordWritable");
    }
  }
}
