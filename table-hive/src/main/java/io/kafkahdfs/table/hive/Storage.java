package io.kafkahdfs.table.hive;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;

/** How Hive reads files of a format. */
enum Storage {
  PARQUET(
      "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"),
  ORC(
      "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
      "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
      "org.apache.hadoop.hive.ql.io.orc.OrcSerde");

  private final String input;
  private final String output;
  private final String serde;

  Storage(String input, String output, String serde) {
    this.input = input;
    this.output = output;
    this.serde = serde;
  }

  /** Of a table that is to be made. */
  StorageDescriptor descriptor() {
    StorageDescriptor descriptor = new StorageDescriptor();
    descriptor.setInputFormat(input);
    descriptor.setOutputFormat(output);
    descriptor.setSerdeInfo(
        new SerDeInfo(null, serde, new HashMap<>(Map.of("serialization.format", "1"))));
    descriptor.setNumBuckets(-1);
    return descriptor;
  }

  /** Whether a table reads such files. */
  boolean isOf(StorageDescriptor descriptor) {
    return serde.equals(descriptor.getSerdeInfo().getSerializationLib());
  }
}
