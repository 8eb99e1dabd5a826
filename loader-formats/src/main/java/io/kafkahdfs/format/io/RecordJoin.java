package io.kafkahdfs.format.io;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.JoinedFile;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads records and writes them again, in formats that give back what was written. */
public record RecordJoin(Format format) implements FileJoin {
  @Override
  public String kind(Path file, Configuration configuration) throws IOException {
    format.reader(ReadOptions.ofLoaded(), configuration).inspect(file);
    return "";
  }

  @Override
  public JoinedFile begin(NewFile file, WriteOptions options, Path like, Provenance provenance)
      throws IOException {
    RecordEncoder encoder = format.create(file, options, provenance);
    KafkaRecord record = new KafkaRecord();
    return new JoinedFile() {
      @Override
      public long append(Path from, long length) throws IOException {
        long records = 0;
        try (RecordDecoder decoder =
            format.reader(ReadOptions.ofLoaded(), file.configuration()).open(from, 0, length)) {
          while (decoder.next(record)) {
            encoder.write(record);
            records++;
          }
        }
        return records;
      }

      @Override
      public long bytes() {
        return encoder.bytes();
      }

      @Override
      public void close() throws IOException {
        encoder.close();
      }
    };
  }
}
