package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest extends FileStoreContract {
  @TempDir java.nio.file.Path temp;

  @Override
  protected FileStore store() throws IOException {
    return HadoopFileStore.of(folder(), new Configuration());
  }

  @Override
  protected Path folder() {
    return new Path("file:" + temp);
  }
}
