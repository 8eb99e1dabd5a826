package io.kafkahdfs.consumer.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.consumer.commit.ProtocolRun;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Where no jar tells tables; with them those of the tables tell. */
class KnownTableTest {
  private final FileStore store = new InMemoryFileStore();
  private final StateFolder state = new StateFolder(new Path("/out"));

  private String told() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Configuration configuration = new Configuration(false);
    configuration.set("iceberg.catalog.lake.uri", "a secret");
    try (KnownTable table = KnownTable.open(new LoadOutput(store, state), configuration)) {
      // It would get into the jobs of changes, where others can read it.
      boolean kept = configuration.get("iceberg.catalog.lake.uri") != null;
      assertThat(kept).isEqualTo(TableNote.read(store, state).isEmpty());
      assertThat(table.tell(new Console(stream, stream, false))).isEqualTo(ExitCode.DONE);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTableThatCannotBeToldIsNamed() throws IOException {
    new ProtocolRun(store, state.root(), "run-1").run(5);
    assertThat(told()).isEmpty();

    TableNote.of("iceberg", "lake.shop.orders", "uuid", "out#1").write(store, state);

    assertThat(told())
        .contains("The table lake.shop.orders does not know of this yet", "The next load tells it");
  }
}
