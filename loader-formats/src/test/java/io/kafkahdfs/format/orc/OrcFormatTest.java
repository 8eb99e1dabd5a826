package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.rows.RowFormatContract;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcConf;

class OrcFormatTest extends RowFormatContract {
  OrcFormatTest() {
    super(FileFormat.ORC);
  }

  @Override
  protected Configuration smallGroups(int bytes) {
    Configuration configuration = new Configuration();
    OrcConf.STRIPE_SIZE.setLong(configuration, bytes);
    OrcConf.ROW_BATCH_SIZE.setLong(configuration, 7);
    return configuration;
  }
}
