package io.kafkahdfs.table.hive;

import io.kafkahdfs.consumer.table.TableChange;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.orc.TypeDescription;

/** The columns of a table, as files widen them. */
final class Columns {
  private final FileFormat format;
  private final Configuration configuration;
  private final Set<Schema> seen = new HashSet<>();

  /** Empty if there was no file yet, and no table. */
  private Optional<TypeDescription> row;

  /**
   * @param format of the files
   * @param table its columns; empty if there is none yet
   * @throws LoaderException if a column is of a type that no file has
   */
  Columns(FileFormat format, Configuration configuration, Optional<List<FieldSchema>> table)
      throws LoaderException {
    this.format = format;
    this.configuration = configuration;
    this.row = table.isEmpty() ? Optional.empty() : Optional.of(parse(table.get()));
  }

  private static TypeDescription parse(List<FieldSchema> columns) throws LoaderException {
    TypeDescription struct = TypeDescription.createStruct();
    for (FieldSchema column : columns) {
      try {
        struct.addField(column.getName(), TypeDescription.fromString(column.getType()));
      } catch (IllegalArgumentException e) {
        throw new LoaderException(
            ExitCode.TABLE_BEHIND,
            "The table's column "
                + column.getName()
                + " is "
                + column.getType()
                + ", which no landed file has. Take it out of the table.",
            e);
      }
    }
    return struct;
  }

  /**
   * Widens them to a file's.
   *
   * @throws LoaderException if they cannot hold both
   */
  void widen(TableChange.File file) throws IOException {
    Schema schema;
    try (RowReader rows =
        format.format().rows().orElseThrow().open(file.path(), 0, 0, configuration)) {
      schema = rows.schema();
    }
    if (!seen.add(schema)) {
      return;
    }
    try {
      TypeDescription columns = HiveTypes.of(schema);
      row = Optional.of(row.isEmpty() ? columns : Widening.of("", row.get(), columns));
    } catch (IllegalArgumentException e) {
      throw new LoaderException(
          ExitCode.TABLE_BEHIND,
          file.path()
              + " has columns that the table cannot take: "
              + e.getMessage()
              + " Change the column in the table, or roll the load back and correct its schema.",
          e);
    }
  }

  /**
   * As the metastore has them; none if there was no file yet, and no table.
   *
   * @param known columns whose comments they keep
   */
  List<FieldSchema> with(List<FieldSchema> known) {
    Map<String, String> comments = new HashMap<>();
    known.forEach(column -> comments.put(column.getName(), column.getComment()));
    List<FieldSchema> columns = new ArrayList<>();
    row.ifPresent(
        struct -> {
          for (int i = 0; i < struct.getFieldNames().size(); i++) {
            String name = struct.getFieldNames().get(i);
            columns.add(
                new FieldSchema(name, struct.getChildren().get(i).toString(), comments.get(name)));
          }
        });
    return columns;
  }

  /** Whether some columns are these, but for their comments. */
  boolean are(List<FieldSchema> others) throws LoaderException {
    return row.isPresent() && row.get().equals(parse(others));
  }
}
