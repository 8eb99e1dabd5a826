package io.kafkahdfs.testkit.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.orc.GenericOrcReader;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.orc.ORC;
import org.apache.iceberg.parquet.Parquet;

/**
 * Reads a table by the names of its columns, as engines do: {@code ?table=DB.TABLE&columns=A,B}
 * answers with a line a row, sorted.
 */
final class RowsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Catalog catalog;

  RowsServlet(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] columns = request.getParameter("columns").split(",");
    Table table = catalog.loadTable(TableIdentifier.parse(request.getParameter("table")));
    Schema schema = table.schema().select(columns);
    NameMapping names =
        NameMappingParser.fromJson(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING));
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<Record> records = read(task, table, schema, names)) {
          records.forEach(
              record ->
                  rows.add(
                      String.join(
                          "/",
                          Arrays.stream(columns)
                              .map(column -> String.valueOf(record.getField(column)))
                              .toList())));
        }
      }
    }
    rows.sort(null);
    for (String row : rows) {
      response.getWriter().println(row);
    }
  }

  private static CloseableIterable<Record> read(
      FileScanTask task, Table table, Schema schema, NameMapping names) {
    InputFile file = table.io().newInputFile(task.file().location());
    return task.file().format() == FileFormat.ORC
        ? ORC.read(file)
            .project(schema)
            .withNameMapping(names)
            .createReaderFunc(type -> GenericOrcReader.buildReader(schema, type))
            .build()
        : Parquet.read(file)
            .project(schema)
            .withNameMapping(names)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
            .build();
  }
}
