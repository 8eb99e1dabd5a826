package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables whose files Iceberg's own maintenance has written anew, and deleted. */
class IcebergMaintenanceIT extends IcebergFixture {
  @BeforeEach
  void loadThreeTimes() throws Exception {
    for (int id = 0; id < 6; id += 2) {
      send(0, "{'id':" + id + "}", "{'id':" + (id + 1) + "}");
      send(1, "{'id':" + (10 + id) + "}");
      Result loaded = loadTable("--create-table");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
    }
  }

  private List<Record> records() throws IOException {
    return records(catalog.loadTable(ORDERS).schema());
  }

  /**
   * Writes the table's records into one file of its own, as a rewrite of data files does.
   *
   * @param kept which records are written
   */
  private void rewrite(Predicate<Record> kept) throws IOException {
    Table table = catalog.loadTable(ORDERS);
    List<DataFile> old = files();
    RewriteFiles rewrite =
        table.newRewrite().addFile(write(table, records().stream().filter(kept).toList()));
    old.forEach(rewrite::deleteFile);
    rewrite.validateFromSnapshot(table.currentSnapshot().snapshotId()).commit();
  }

  private static DataFile write(Table table, List<Record> rows) throws IOException {
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(path))
            .schema(table.schema())
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(PartitionSpec.unpartitioned())
            .build();
    rows.forEach(writer::write);
    writer.close();
    return writer.toDataFile();
  }

  /** Forgets older snapshots, and deletes the landed files that the last one does not name. */
  private void expire() throws IOException {
    Table table = catalog.loadTable(ORDERS);
    table
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1)
        .retainLast(1)
        .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE)
        .commit();
    Set<String> named = files().stream().map(DataFile::location).collect(Collectors.toSet());
    FileSystem landed = root.getFileSystem(hdfs.configuration());
    for (FileStatus file : landed.listStatus(new Path(root, topic))) {
      if (!named.contains(file.getPath().toString())) {
        landed.delete(file.getPath(), false);
      }
    }
  }

  private Result verify(String... more) throws Exception {
    return change("verify", more);
  }

  @Test
  void recordsThatTheTableHasWrittenAnewAreNotMissed() throws Exception {
    rewrite(record -> true);
    expire();
    Result alone = run("verify", "--output", root.toString());
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("iceberg.catalog.lake.type");

    Result summed = verify();
    assertThat(summed.exitCode()).as(summed.out()).isZero();
    assertThat(summed.out())
        .contains("6 of the files are gone", "0 counted there, 6 by the sums of its snapshots");
    Result read = verify("--deep");
    assertThat(read.exitCode()).as(read.out()).isZero();
    assertThat(read.out()).contains("6 counted there, 0 by the sums");

    // Also while new ones stand beside them, and the snapshot that replaced them is not known.
    send(0, "{'id':7}");
    assertThat(loadTable().exitCode()).isZero();
    expire();
    for (Result later : List.of(verify(), verify("--deep"), verify("--commit", "2"))) {
      assertThat(later.exitCode()).as(later.out()).isZero();
      assertThat(later.out()).contains("of the files are gone");
    }
  }

  @Test
  void aRecordThatIsLostThereIsMissed() throws Exception {
    rewrite(record -> !record.getField("id").equals(3));
    expire();

    Result summed = verify();
    assertThat(summed.exitCode()).as(summed.out()).isOne();
    assertThat(summed.out()).contains("missing", "--deep");
    Result read = verify("--deep");
    assertThat(read.exitCode()).as(read.out()).isOne();
    assertThat(read.out())
        .contains(
            "offsets 2 to 3 of " + topic + "-0 the table holds 1 records, and is to hold 2",
            "Not as it should be: 1.");
  }

  @Test
  void whatTheTableHasDeletedIsMissed() throws Exception {
    rewrite(record -> true);
    expire();
    Table table = catalog.loadTable(ORDERS);
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();

    for (Result verified : List.of(verify(), verify("--deep"))) {
      assertThat(verified.exitCode()).as(verified.out()).isOne();
      assertThat(verified.out()).contains("Not as it should be: 6.");
    }
  }

  /** Several write to a table: its sums tell nothing then, but a snapshot that replaced all. */
  @Test
  void beyondSumsTheSnapshotsThatAreKnownTell() throws Exception {
    List<DataFile> before = files();
    rewrite(record -> true);
    Table table = catalog.loadTable(ORDERS);
    Record other = records().get(0).copy("id", 99);
    Record origin = ((Record) other.getField("_kafka")).copy("topic", "another");
    other.setField("_kafka", origin);
    table.newAppend().appendFile(write(table, List.of(other))).commit();
    before.forEach(file -> table.io().deleteFile(file.location()));

    Result verified = verify();

    assertThat(verified.exitCode()).as(verified.out()).isZero();
    assertThat(verified.out()).contains("6 by the sums of its snapshots");
    expire();
    Result forgotten = verify();
    assertThat(forgotten.exitCode()).isOne();
    assertThat(forgotten.out()).contains("Not as it should be: 6.", "--deep");
    Result read = verify("--deep");
    assertThat(read.exitCode()).as(read.out()).isZero();
  }

  /** Its sum is right: rows that are deleted by a file of deletes are not taken off it. */
  @Test
  void aRecordThatTheTableHasDeletedByItsValueIsMissed() throws Exception {
    rewrite(record -> true);
    expire();
    Table table = catalog.loadTable(ORDERS);
    Schema id = table.schema().select("id");
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    EqualityDeleteWriter<Record> deletes =
        Parquet.writeDeletes(table.io().newOutputFile(path))
            .forTable(table)
            .rowSchema(id)
            .withSpec(PartitionSpec.unpartitioned())
            .equalityFieldIds(id.findField("id").fieldId())
            .createWriterFunc(GenericParquetWriter::create)
            .buildEqualityWriter();
    Record three = GenericRecord.create(id);
    three.setField("id", 3);
    deletes.write(three);
    deletes.close();
    table.newRowDelta().addDeletes(deletes.toDeleteFile()).commit();

    Result summed = verify();
    assertThat(summed.exitCode()).as(summed.out()).isOne();
    assertThat(summed.out()).contains("Not as it should be: 6.");
    Result read = verify("--deep");
    assertThat(read.exitCode()).as(read.out()).isOne();
    assertThat(read.out())
        .contains("the table holds 1 records, and is to hold 2", "Not as it should be: 1.");
  }

  @Test
  void aFileThatTheTableStillNamesIsMissed() throws Exception {
    catalog.loadTable(ORDERS).io().deleteFile(files().get(0).location());

    for (Result verified : List.of(verify(), verify("--deep"))) {
      assertThat(verified.exitCode()).isOne();
      assertThat(verified.out()).contains("the table still names it", "Not as it should be: 1.");
    }
  }

  private Result repair() throws Exception {
    List<String> options = new ArrayList<>(List.of(loadOptions()));
    options.addAll(List.of("--format", "parquet"));
    return change("repair", options.toArray(String[]::new));
  }

  @Test
  void whatTheTableHoldsIsNotRepaired() throws Exception {
    rewrite(record -> true);
    expire();

    Result repaired = repair();

    assertThat(repaired.exitCode()).as(repaired.err()).isZero();
    assertThat(repaired.out())
        .contains("6 files are gone, and the table holds their records", "Nothing to repair");
    assertThat(ids()).containsExactly(0, 1, 2, 3, 4, 5, 10, 12, 14);
  }

  @Test
  void whatTheTableHasLostIsRepairedOnceItsRestIsDeletedThere() throws Exception {
    rewrite(record -> !record.getField("id").equals(3));
    expire();

    Result repaired = repair();
    assertThat(repaired.exitCode()).as(repaired.err()).isEqualTo(8);
    assertThat(repaired.out())
        .contains("5 files are gone", "Loaded 1 missing files with 2 records");
    assertThat(repaired.err())
        .contains("Delete them in the table", "offsets 2 to 3 of " + topic + "-0");
    assertThat(loadTable().exitCode()).isEqualTo(8);
    rewrite(record -> !record.getField("id").equals(2));
    Result next = loadTable();

    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(ids()).containsExactly(0, 1, 2, 3, 4, 5, 10, 12, 14);
    Result verified = verify("--deep");
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  @Test
  void whatIsTakenBackMustBeDeletedInATableThatHasWrittenItAnew() throws Exception {
    rewrite(record -> true);

    Result back = change("rollback", "--to", "2");
    assertThat(back.exitCode()).as(back.err()).isEqualTo(8);
    assertThat(back.err())
        .contains("does not hold 2 files any more", "the table holds", "Delete them in the table");
    rewrite(record -> !List.of(4, 5, 14).contains(record.getField("id")));
    assertThat(loadTable("--max-records", "1").exitCode()).isZero();
    assertThat(loadTable().exitCode()).isZero();

    assertThat(ids()).containsExactly(0, 1, 2, 3, 4, 5, 10, 12, 14);
    Result verified = verify();
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  private List<Integer> ids() throws IOException {
    return records().stream().map(record -> (Integer) record.getField("id")).sorted().toList();
  }
}
