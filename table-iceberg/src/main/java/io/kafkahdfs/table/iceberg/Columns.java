package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;

/** Widens a table's columns to those of files, as Iceberg allows it. */
final class Columns {
  private Columns() {}

  /**
   * Adds what a table lacks, within a transaction.
   *
   * @return by which names the files' columns are found
   * @throws LoaderException if Iceberg refuses a change, naming it
   */
  static NameMapping widen(Table table, Transaction change, List<ColumnFile> files)
      throws LoaderException {
    List<Schema> seen = new ArrayList<>();
    boolean changes = false;
    for (ColumnFile file : files) {
      if (seen.stream().noneMatch(file.schema()::sameSchema)) {
        seen.add(file.schema());
        // Only if it must be: Iceberg does not try a transaction again that changes columns.
        changes =
            changes || !union(table.updateSchema(), table, file).apply().sameSchema(table.schema());
        if (changes) {
          union(change.updateSchema(), change.table(), file).commit();
        }
      }
    }
    String names = change.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    if (names != null) {
      // Iceberg itself keeps it up to date when columns change.
      return NameMappingParser.fromJson(names);
    }
    NameMapping made = MappingUtil.create(change.table().schema());
    change
        .updateProperties()
        .set(TableProperties.DEFAULT_NAME_MAPPING, NameMappingParser.toJson(made))
        .commit();
    return made;
  }

  private static UpdateSchema union(UpdateSchema update, Table table, ColumnFile file)
      throws LoaderException {
    try {
      update.unionByNameWith(file.schema());
      for (Types.NestedField column : table.schema().columns()) {
        if (column.isRequired() && file.schema().findField(column.name()) == null) {
          update.makeColumnOptional(column.name());
        }
      }
      update.apply();
      return update;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new LoaderException(
          ExitCode.TABLE_BEHIND,
          file.file().path()
              + " has columns that the table cannot take: "
              + Messages.of(e)
              + " Change the column in the table, or roll the load back and correct its schema.",
          e);
    }
  }
}
