package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.hadoop.TestHdfs;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HdfsFileStoreIT extends FileStoreContract {
  private static TestHdfs hdfs;

  @BeforeAll
  static void start() {
    hdfs = TestHdfs.start();
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  @Override
  protected FileStore store() throws IOException {
    return HadoopFileStore.of(hdfs.root(), hdfs.configuration());
  }

  @Override
  protected Path folder() {
    return hdfs.newFolder();
  }
}
