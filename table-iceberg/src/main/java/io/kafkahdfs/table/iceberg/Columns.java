package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
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
  static NameMapping widen(Transaction change, List<LandedParquet> files) throws LoaderException {
    List<Schema> seen = new ArrayList<>();
    for (LandedParquet file : files) {
      if (seen.stream().noneMatch(file.schema()::sameSchema)) {
        seen.add(file.schema());
        widen(change, file);
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

  private static void widen(Transaction change, LandedParquet file) throws LoaderException {
    Schema before = change.table().schema();
    try {
      UpdateSchema update = change.updateSchema().unionByNameWith(file.schema());
      for (Types.NestedField column : before.columns()) {
        if (column.isRequired() && file.schema().findField(column.name()) == null) {
          update.makeColumnOptional(column.name());
        }
      }
      // Also if nothing changes, for a transaction has no room for an update that is given up.
      update.commit();
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
