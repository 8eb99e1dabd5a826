package io.kafkahdfs.producer.decode;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Keys and values of SequenceFiles, as bytes. */
final class SequenceDecoder implements RecordDecoder {
  private final SequenceFile.Reader reader;
  private final long start;
  private final long end;
  private final long fileLength;
  private final Writable key;
  private final Writable value;
  private boolean ended;

  SequenceDecoder(Path file, long start, long length, Configuration configuration)
      throws IOException {
    fileLength = file.getFileSystem(configuration).getFileStatus(file).getLen();
    reader =
        new SequenceFile.Reader(
            configuration, SequenceFile.Reader.file(file), SequenceFile.Reader.length(fileLength));
    try {
      this.end = start + length;
      if (start > reader.getPosition()) {
        reader.sync(start);
      }
      this.start = reader.getPosition();
      // What begins behind the first mark after this stretch is another one's.
      this.ended = this.start >= end;
      key = writable(file, "keys", reader.getKeyClassName());
      value = writable(file, "values", reader.getValueClassName());
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static Writable writable(Path file, String what, String type) throws LoaderException {
    if (type.equals(BytesWritable.class.getName())) {
      return new BytesWritable();
    }
    if (type.equals(Text.class.getName())) {
      return new Text();
    }
    if (type.equals(NullWritable.class.getName())) {
      return NullWritable.get();
    }
    throw new LoaderException(
        ExitCode.FAILURE,
        "The "
            + what
            + " of "
            + file
            + " are "
            + type
            + ". Only BytesWritable, Text and NullWritable can be sent as they are; write a job of"
            + " your own with KafkaOutputFormat for others.");
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (ended) {
      return false;
    }
    // The stretch ends with the first mark that is not in it. Whether there was one is known only
    // once the record behind it is read: before that, the reader tells of the record before.
    long position = reader.getPosition();
    boolean found = reader.next(key);
    if (!found && reader.isBlockCompressed() && position < fileLength) {
      // The reader takes a block that is cut short for the end of the file.
      throw new EOFException("its block at byte " + position + " is cut short");
    }
    if (!found || (position >= end && reader.syncSeen())) {
      ended = true;
      return false;
    }
    reader.getCurrentValue(value);
    into.setPosition(null, 0);
    show(key, into.key());
    show(value, into.value());
    return true;
  }

  private static void show(Writable writable, ByteView view) {
    if (writable instanceof BytesWritable bytes) {
      view.set(bytes.getBytes(), 0, bytes.getLength());
    } else if (writable instanceof Text text) {
      view.set(text.getBytes(), 0, text.getLength());
    } else {
      view.setNull();
    }
  }

  @Override
  public float progress() throws IOException {
    return end == start ? 1 : Math.min(1f, (reader.getPosition() - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
