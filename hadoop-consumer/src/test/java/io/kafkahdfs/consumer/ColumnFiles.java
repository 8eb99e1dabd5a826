package io.kafkahdfs.consumer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Reads files as their libraries' own readers do, which know nothing of this product. */
public final class ColumnFiles {
  private ColumnFiles() {}

  /** The values of a Parquet file, none of them null. */
  public static List<String> parquet(Path file, Configuration configuration) throws IOException {
    List<String> values = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        values.add(row.getBinary("value", 0).toStringUsingUTF8());
      }
    }
    return values;
  }

  /** The values of an ORC file, none of them null. */
  public static List<String> orc(Path file, Configuration configuration) throws IOException {
    List<String> values = new ArrayList<>();
    try (Reader reader = OrcFile.createReader(file, OrcFile.readerOptions(configuration));
        RecordReader rows = reader.rows()) {
      int column = reader.getSchema().getFieldNames().indexOf("value");
      VectorizedRowBatch batch = reader.getSchema().createRowBatch();
      while (rows.nextBatch(batch)) {
        BytesColumnVector bytes = (BytesColumnVector) batch.cols[column];
        for (int i = 0; i < batch.size; i++) {
          int at = bytes.isRepeating ? 0 : i;
          values.add(
              bytes.length[at] == 0
                  ? ""
                  : new String(
                      bytes.vector[at], bytes.start[at], bytes.length[at], StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }
}
