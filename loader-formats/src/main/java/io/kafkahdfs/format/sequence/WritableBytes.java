package io.kafkahdfs.format.sequence;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.io.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.ShortWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;

/**
 * A key or value of a SequenceFile as the bytes that Kafka's own serializers make of it: bytes and
 * text as they are, numbers with their highest byte first, null for NullWritable.
 */
final class WritableBytes {
  private enum Form {
    /** Their number as four bytes, and the bytes. */
    BYTES,
    /** Their number in Hadoop's own form, and the bytes. */
    TEXT,
    /** Nothing. */
    NULL,
    /** As their write methods do it, it is what Kafka's serializers for numbers do. */
    NUMBER
  }

  private static final Map<Class<?>, Integer> NUMBERS =
      Map.of(
          LongWritable.class,
          Long.BYTES,
          IntWritable.class,
          Integer.BYTES,
          ShortWritable.class,
          Short.BYTES,
          DoubleWritable.class,
          Double.BYTES,
          FloatWritable.class,
          Float.BYTES);

  private final Form form;
  private final int size;
  private final DataInputBuffer in = new DataInputBuffer();

  private WritableBytes(Form form, int size) {
    this.form = form;
    this.size = size;
  }

  /**
   * @param what keys or values
   * @param type the name of their class
   * @throws LoaderException if there is no telling what bytes they should be
   */
  static WritableBytes of(Path file, String what, String type) throws LoaderException {
    if (type.equals(BytesWritable.class.getName())) {
      return new WritableBytes(Form.BYTES, 0);
    }
    if (type.equals(Text.class.getName())) {
      return new WritableBytes(Form.TEXT, 0);
    }
    if (type.equals(NullWritable.class.getName())) {
      return new WritableBytes(Form.NULL, 0);
    }
    for (Map.Entry<Class<?>, Integer> number : NUMBERS.entrySet()) {
      if (type.equals(number.getKey().getName())) {
        return new WritableBytes(Form.NUMBER, number.getValue());
      }
    }
    throw new LoaderException(
        ExitCode.FAILURE,
        "The "
            + what
            + " of "
            + file
            + " are "
            + Reason.name(type)
            + ". Only BytesWritable, Text, NullWritable, and LongWritable, IntWritable,"
            + " ShortWritable, DoubleWritable and FloatWritable can be sent; write a job of your"
            + " own with KafkaOutputFormat for others.");
  }

  /**
   * Shows one.
   *
   * @throws IOException if it is none
   */
  void show(Serialized serialized, ByteView view) throws IOException {
    int from = 0;
    int wanted = size;
    if (form == Form.BYTES || form == Form.TEXT) {
      in.reset(serialized.bytes(), serialized.length());
      try {
        wanted = form == Form.BYTES ? in.readInt() : WritableUtils.readVInt(in);
      } catch (EOFException e) {
        throw new IOException("a key or value is shorter than its length", e);
      }
      from = in.getPosition();
    }
    if (wanted != serialized.length() - from) {
      throw new IOException(
          "a key or value has "
              + (serialized.length() - from)
              + " bytes, and should have "
              + wanted);
    }
    if (form == Form.NULL) {
      view.setNull();
    } else {
      view.set(serialized.bytes(), from, wanted);
    }
  }
}
