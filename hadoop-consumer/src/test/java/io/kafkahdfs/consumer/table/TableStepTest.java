package io.kafkahdfs.consumer.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a table that is not asked; those of Iceberg are, in IcebergLoadIT. */
class TableStepTest {
  private final StateFolder state = new StateFolder(new Path("/out"));
  private FileStore store;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
    store.mkdirs(state.path());
  }

  private TableStep step(String load) {
    return new TableStep(
        new BrokenTable(), TableNote.of("iceberg", "lake.a.b", null, load), store, state);
  }

  private record BrokenTable() implements TableTarget {
    @Override
    public Optional<String> check() {
      return Optional.empty();
    }

    @Override
    public OptionalLong told() {
      return OptionalLong.of(0);
    }

    @Override
    public boolean tell(TableChange change) {
      return false;
    }

    @Override
    public void close() throws IOException {
      throw new IOException("It does not close");
    }
  }

  @Test
  void ofTwoFirstRunsTheSecondDoesNotTellAllAgainUnderAnotherId() throws IOException {
    TableStep waiting = step("out#2");
    step("out#1").begin();

    assertThatThrownBy(waiting::begin)
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
        .hasMessageContaining("lake.a.b first");
    assertThat(TableNote.read(store, state).orElseThrow().load()).isEqualTo("out#1");
    step("out#1").begin();
  }

  @Test
  void aTableThatDoesNotCloseIsNoFailure() {
    step("out#1").close();
  }
}
