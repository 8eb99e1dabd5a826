package io.kafkahdfs.format.rows;

import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.JoinedFile;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Copies rows, between files with the same columns that say the same of themselves. */
public record RowJoin(RowFormat format) implements FileJoin {
  @Override
  public String kind(Path file, Configuration configuration) throws IOException {
    try (RowReader rows = format.open(file, 0, 0, configuration)) {
      return rows.schema() + " " + Provenance.others(rows.metadata());
    }
  }

  @Override
  public JoinedFile begin(NewFile file, WriteOptions options, Path like, Provenance provenance)
      throws IOException {
    Schema schema;
    Map<String, String> metadata;
    try (RowReader rows = format.open(like, 0, 0, file.configuration())) {
      schema = rows.schema();
      metadata = new TreeMap<>(Provenance.others(rows.metadata()));
    }
    metadata.putAll(provenance.entries());
    RowEncoder encoder = format.create(file, options, schema, metadata);
    return new JoinedFile(
        (from, length) -> copy(format.open(from, 0, length, file.configuration()), encoder),
        encoder::bytes,
        encoder);
  }

  private static long copy(RowReader from, RowEncoder to) throws IOException {
    long records = 0;
    try (from) {
      for (IndexedRecord row = from.next(); row != null; row = from.next()) {
        to.write(row);
        records++;
      }
    }
    return records;
  }
}
