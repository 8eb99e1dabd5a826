package io.kafkahdfs.format.sequence;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.ShortWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/**
 * A key or value of a SequenceFile as the bytes that Kafka's own serializers make of it: bytes and
 * text as they are, numbers with their highest byte first, null for NullWritable.
 */
final class WritableBytes {
  private final Writable writable;
  private final DataOutputBuffer numbers = new DataOutputBuffer(Long.BYTES);

  private WritableBytes(Writable writable) {
    this.writable = writable;
  }

  /**
   * @param what keys or values
   * @param type the name of their class
   * @throws LoaderException if there is no telling what bytes they should be
   */
  static WritableBytes of(Path file, String what, String type) throws LoaderException {
    Writable[] known = {
      new BytesWritable(),
      new Text(),
      NullWritable.get(),
      new LongWritable(),
      new IntWritable(),
      new ShortWritable(),
      new DoubleWritable(),
      new FloatWritable()
    };
    for (Writable writable : known) {
      if (type.equals(writable.getClass().getName())) {
        return new WritableBytes(writable);
      }
    }
    throw new LoaderException(
        ExitCode.FAILURE,
        "The "
            + what
            + " of "
            + file
            + " are "
            + type
            + ". Only BytesWritable, Text, NullWritable, and LongWritable, IntWritable,"
            + " ShortWritable, DoubleWritable and FloatWritable can be sent; write a job of your"
            + " own with KafkaOutputFormat for others.");
  }

  /** What a reader fills. */
  Writable writable() {
    return writable;
  }

  /** Shows what was filled last. */
  void show(ByteView view) throws IOException {
    if (writable instanceof BytesWritable bytes) {
      view.set(bytes.getBytes(), 0, bytes.getLength());
    } else if (writable instanceof Text text) {
      view.set(text.getBytes(), 0, text.getLength());
    } else if (writable instanceof NullWritable) {
      view.setNull();
    } else {
      // As their write methods do it, it is what Kafka's serializers for numbers do.
      numbers.reset();
      writable.write(numbers);
      view.set(numbers.getData(), 0, numbers.getLength());
    }
  }
}
