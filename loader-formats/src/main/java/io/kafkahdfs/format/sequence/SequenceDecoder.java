package io.kafkahdfs.format.sequence;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.HadoopCodec;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.SequenceFile;

/** Keys and values of SequenceFiles, as bytes. */
final class SequenceDecoder implements RecordDecoder {
  private final SequenceFile.Reader reader;
  private final long start;
  private final long end;
  private final long fileLength;
  private final WritableBytes key;
  private final WritableBytes value;
  private boolean ended;

  SequenceDecoder(Path file, long start, long length, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    fileLength = fileSystem.getFileStatus(file).getLen();
    end = start + length;
    FSDataInputStream in = fileSystem.open(file);
    try {
      SequenceHeader header = new SequenceHeader(in, fileLength);
      key = WritableBytes.of(file, "keys", header.keyType());
      value = WritableBytes.of(file, "values", header.valueType());
      if (header.codec().isPresent()) {
        HadoopCodec.tried(file, header.codec().get(), configuration);
      }
      this.start = header.from(start);
      // What begins behind the stretch is of another one.
      ended = this.start >= end;
      reader =
          new SequenceFile.Reader(
              configuration,
              SequenceFile.Reader.stream(in),
              SequenceFile.Reader.start(0),
              SequenceFile.Reader.length(fileLength));
      if (this.start > header.first()) {
        reader.seek(this.start);
      }
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (ended) {
      return false;
    }
    // The stretch ends with the first mark that is not in it. Whether there was one is known only
    // once the record behind it is read: before that, the reader tells of the record before.
    long position = reader.getPosition();
    boolean found = reader.next(key.writable());
    if (!found && reader.isBlockCompressed() && position < fileLength) {
      // The reader takes a block that is cut short for the end of the file.
      throw new EOFException("its block at byte " + position + " is cut short");
    }
    if (!found || (position >= end && reader.syncSeen())) {
      ended = true;
      return false;
    }
    reader.getCurrentValue(value.writable());
    into.setPosition(null, 0);
    key.show(into.key());
    value.show(into.value());
    return true;
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
