package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.rows.RowFormatContract;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetOutputFormat;

class ParquetFormatTest extends RowFormatContract {
  ParquetFormatTest() {
    super(FileFormat.PARQUET);
  }

  @Override
  protected Configuration smallGroups(int bytes) {
    Configuration configuration = new Configuration();
    configuration.setInt(ParquetOutputFormat.BLOCK_SIZE, bytes);
    return configuration;
  }
}
