package io.kafkahdfs.producer.decode;

import java.io.IOException;
import org.apache.avro.file.SeekableInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of Hadoop's as Avro reads it. */
final class HdfsInput implements SeekableInput {
  private final FSDataInputStream stream;
  private final long length;

  HdfsInput(Path file, Configuration configuration) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    length = fileSystem.getFileStatus(file).getLen();
    stream = fileSystem.open(file);
  }

  @Override
  public void seek(long position) throws IOException {
    stream.seek(position);
  }

  @Override
  public long tell() throws IOException {
    return stream.getPos();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return stream.read(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
