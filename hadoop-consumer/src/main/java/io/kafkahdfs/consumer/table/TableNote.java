package io.kafkahdfs.consumer.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * To which table a load belongs, so that another one that bears its name later is not taken for it.
 * What was told the table itself knows, if it keeps a history; else it stands here.
 *
 * @param version of this form
 * @param kind of table
 * @param table its name
 * @param identity what tells it from another of the same name; null if it was not there yet
 * @param load the load's id, as the table has it
 * @param told the number of the last commit that a table without a history was told; null if none
 */
record TableNote(
    int version,
    String kind,
    String table,
    @MayBeNull String identity,
    String load,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Long told) {
  private static final int VERSION = 1;

  static TableNote of(String kind, String table, String identity, String load) {
    return new TableNote(VERSION, kind, table, identity, load, null);
  }

  /** The same table, of which more is known. */
  TableNote with(String nowIdentity, Long nowTold) {
    return new TableNote(version, kind, table, nowIdentity, load, nowTold);
  }

  /** Whether it is of a table of the same kind and name. */
  boolean isCalledLike(TableNote other) {
    return kind.equals(other.kind) && table.equals(other.table);
  }

  /** Whether it is of the very same table, as far as that is known. */
  boolean isOfSameTable(TableNote other) {
    return isCalledLike(other) && identity != null && identity.equals(other.identity);
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
