package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.state.LoadOutput;
import java.io.IOException;
import java.util.Optional;

/** Says to who moves files of a load that a table does not know of it yet. */
public final class TableNotice {
  private TableNotice() {}

  /**
   * What to say after a change. Never fails: the change is made.
   *
   * @return empty if no table is told of the load
   */
  public static Optional<String> afterChange(LoadOutput output) {
    try {
      return TableNote.read(output.store(), output.state())
          .map(
              note ->
                  "The table "
                      + note.table()
                      + " does not know of this yet, and may name what stood here before. The next load"
                      + " tells it.");
    } catch (IOException e) {
      return Optional.of("Whether a table is to know of this is not known: " + e.getMessage());
    }
  }
}
