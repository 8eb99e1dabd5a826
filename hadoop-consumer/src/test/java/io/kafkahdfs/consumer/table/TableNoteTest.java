package io.kafkahdfs.consumer.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableNoteTest {
  private static final TableNote FIRST = TableNote.of("iceberg", "lake.a.b", null, "out#1");
  private static final TableNote SECOND = TableNote.of("iceberg", "lake.a.b", "uuid", "out#1");

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverItDiesOneOfThemStandsAndNoRunIsLeft(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      FileStore store = new InMemoryFileStore();
      StateFolder state = new StateFolder(new Path("/out"));
      store.mkdirs(state.staging());
      FIRST.write(store, state);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        SECOND.write(dying, state);
      } catch (HaltedError e) {
        deaths++;
      }
      assertThat(TableNote.read(store, state).orElseThrow())
          .as("death at %d", n)
          .isIn(FIRST, SECOND);
      assertThat(store.list(state.staging())).as("death at %d", n).isEmpty();
      assertThat(new RecoverStep(store, state).recover().removed()).isEmpty();
      SECOND.write(store, state);
      assertThat(TableNote.read(store, state)).contains(SECOND);
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(2);
  }
}
