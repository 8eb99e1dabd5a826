package io.kafkahdfs.format.io;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatReader;
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
    FormatReader reader = format.reader(ReadOptions.ofLoaded(), file.configuration());
    return new JoinedFile(
        (from, length) -> copy(reader.open(from, 0, length), encoder), encoder::bytes, encoder);
  }

  private static long copy(RecordDecoder from, RecordEncoder to) throws IOException {
    KafkaRecord record = new KafkaRecord();
    long records = 0;
    try (from) {
      while (from.next(record)) {
        to.write(record);
        records++;
      }
    }
    return records;
  }
}
