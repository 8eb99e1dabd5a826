package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * To which table a load belongs. What was told, the table itself knows; this says only which table
 * that is, so that another one that bears its name later is not taken for it.
 *
 * @param version of this form
 * @param kind of table
 * @param table its name
 * @param identity what tells it from another of the same name; null if it was not there yet
 * @param load the load's id, as the table has it
 */
record TableNote(int version, String kind, String table, @MayBeNull String identity, String load) {
  private static final int VERSION = 1;

  static TableNote of(String kind, String table, String identity, String load) {
    return new TableNote(VERSION, kind, table, identity, load);
  }

  private static Path file(StateFolder state) {
    return new Path(state.path(), "table.json");
  }

  static Optional<TableNote> read(FileStore store, StateFolder state) throws IOException {
    return store.entry(file(state)).isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.readSealed(
                store,
                file(state),
                TableNote.class,
                "Put it back as it was, from a backup or a snapshot."));
  }

  /** Only with the load's lock. */
  void write(FileStore store, StateFolder state) throws IOException {
    // Not among the staged runs: whoever clears up after one would take it for a run.
    Path draft = new Path(state.path(), "table.draft");
    AtomicFile.replace(store, draft, file(state), Json.writeSealed(this));
  }
}
