package io.kafkahdfs.format.sequence;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.HadoopCodec;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;

/** Keys and values of SequenceFiles, as bytes. */
final class SequenceDecoder implements RecordDecoder {
  private final SequenceRecords records;
  private final long start;
  private final long end;
  private final WritableBytes key;
  private final WritableBytes value;
  private boolean ended;

  SequenceDecoder(Path file, long start, long length, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    long fileLength = fileSystem.getFileStatus(file).getLen();
    end = start + length;
    FSDataInputStream in = fileSystem.open(file);
    try {
      SequenceHeader header = new SequenceHeader(in, fileLength);
      key = WritableBytes.of(file, "keys", header.keyType());
      value = WritableBytes.of(file, "values", header.valueType());
      Optional<CompressionCodec> codec = Optional.empty();
      if (header.codec().isPresent()) {
        codec = Optional.of(HadoopCodec.tried(file, header.codec().get(), configuration));
      } else if (header.inBlocks()) {
        throw new IOException("its header is damaged: it has blocks, and no codec");
      }
      this.start = header.from(start);
      // What begins behind the stretch is of another one.
      ended = this.start >= end;
      records = new SequenceRecords(in, header, codec, end);
      in.seek(this.start);
    } catch (EOFException e) {
      in.close();
      throw e.getMessage() == null ? new EOFException("it is cut short") : e;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (ended || !records.next()) {
      ended = true;
      return false;
    }
    into.setPosition(null, 0);
    key.show(records.key(), into.key());
    value.show(records.value(), into.value());
    return true;
  }

  @Override
  public float progress() throws IOException {
    return end == start ? 1 : Math.min(1f, (records.position() - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
