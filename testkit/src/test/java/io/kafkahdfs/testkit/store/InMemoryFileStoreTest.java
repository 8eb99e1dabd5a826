package io.kafkahdfs.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class InMemoryFileStoreTest extends FileStoreContract {
  private final InMemoryFileStore store = new InMemoryFileStore();

  @Override
  protected FileStore store() {
    return store;
  }

  @Override
  protected Path folder() throws IOException {
    Path folder = new Path("memory:///folder");
    store.mkdirs(folder);
    return folder;
  }

  @Test
  void aFileCanBeRenamedWhileItIsWritten() throws IOException {
    Path from = new Path(folder(), "from");
    Path to = new Path(folder(), "to");
    try (OutputStream out = store.create(from)) {
      out.write(new byte[] {1, 2});
      store.rename(from, to);
      assertThat(AtomicFile.read(store, to)).containsExactly(1, 2);
      out.write(3);
    }
    assertThat(AtomicFile.read(store, to)).containsExactly(1, 2, 3);
  }

  @Test
  void whoWritesADeletedFileLearnsItAtTheEnd() throws IOException {
    OutputStream out = store.create(new Path(folder(), "file"));
    store.delete(folder());
    out.write(1);
    assertThatThrownBy(out::close).hasMessageContaining("deleted");
  }

  @Test
  void theClockThatIsGivenDatesFiles() throws IOException {
    InMemoryFileStore dated = new InMemoryFileStore(() -> 42);
    Path file = new Path("memory:///file");
    dated.create(file).close();
    assertThat(dated.entry(file).orElseThrow().modified()).isEqualTo(42);
  }
}
