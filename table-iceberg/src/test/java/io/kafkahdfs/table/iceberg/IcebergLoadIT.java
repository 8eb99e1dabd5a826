package io.kafkahdfs.table.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads into tables of a real catalog on a real HDFS, read back by Iceberg's own reader. */
class IcebergLoadIT extends IcebergFixture {
  @Test
  void eachCommitIsASnapshot() throws Exception {
    send(0, "{'id':1}", "{'id':2}");
    send(1, "{'id':3}");

    Result first = loadTable("--create-table");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    send(1, "{'id':4}");
    Result second = loadTable();
    assertThat(second.exitCode()).as(second.err()).isZero();
    Result nothing = loadTable();
    assertThat(nothing.exitCode()).as(nothing.err()).isZero();

    assertThat(rows("id")).containsExactly("1", "2", "3", "4");
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(catalog.loadTable(ORDERS)).select("id").build()) {
      assertThat(records)
          .extracting(record -> text(record, "id"))
          .containsExactlyInAnyOrder("1", "2", "3", "4");
    }
    assertThat(commits()).containsExactly("1", "2");
    assertThat(told().get(1))
        .containsEntry("kafka-to-hdfs.next", topic + ":0:2," + topic + ":1:2")
        .containsEntry("added-records", "1");
    assertThat(new TreeSet<>(told().stream().map(s -> s.get("kafka-to-hdfs.load")).toList()))
        .singleElement()
        .asString()
        .startsWith(root.toString());
  }

  @Test
  void whatOneRunLeavesOutAnotherTellsOnce() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    Result refused = load();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--iceberg-table lake.shop.orders", "--accept-change");
    assertThat(load("--accept-change").exitCode()).isZero();
    send(0, "{'id':3}");
    assertThat(load("--accept-change").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1");

    Result result = loadTable();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Nothing to do");
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3");
  }

  static List<Arguments> faults() {
    // Creation of the table, and the snapshot.
    return List.of(
        Arguments.of(1, false),
        Arguments.of(1, true),
        Arguments.of(2, false),
        Arguments.of(2, true));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aRunThatFailsBehindItsCommitIsRolledForwardOnce(int at, boolean made) throws Exception {
    send(0, "{'id':1}", "{'id':2}");
    faulty(new FaultyCatalog.Fault(at, made, null));

    Result failed = loadTable("--create-table");

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(8);
    assertThat(failed.err()).contains("Commit 1 stands", "lake.shop.orders", "the next run");
    FaultyCatalog.arm(FaultyCatalog.Fault.NONE);
    Result next = loadTable("--create-table");
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(commits()).containsExactly("1");
  }

  /** Of a library that the user has brought along, or not. */
  @Test
  void aClassThatIsMissingBehindTheCommitDoesNotLookAsIfTheLoadHadFailed() throws Exception {
    send(0, "{'id':1}");
    faulty(
        new FaultyCatalog.Fault(
            1,
            false,
            () -> {
              throw new NoClassDefFoundError("org/example/Missing");
            }));

    Result failed = loadTable("--create-table");

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(8);
    assertThat(failed.err()).contains("Commit 1 stands", "org/example/Missing");
  }

  @Test
  void ofTwoWritersFromOneBaseOneAppends() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    String load = told().get(0).get("kafka-to-hdfs.load");
    faulty(
        new FaultyCatalog.Fault(
            1,
            false,
            () ->
                catalog
                    .loadTable(ORDERS)
                    .newAppend()
                    .set("kafka-to-hdfs.load", load)
                    .set("kafka-to-hdfs.commit", "2")
                    .commit()));

    Result second = loadTable();

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(commits()).containsExactly("1", "2");
    assertThat(rows("id")).containsExactly("1");
  }

  @Test
  void othersMayWriteToTheTableAndExpireItsSnapshots() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    send(0, "{'id':2}");
    faulty(
        new FaultyCatalog.Fault(
            1, false, () -> catalog.loadTable(ORDERS).newAppend().set("by", "another").commit()));
    assertThat(loadTable().exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    Table table = catalog.loadTable(ORDERS);
    table.newAppend().set("by", "another").commit();
    table.expireSnapshots().expireOlderThan(System.currentTimeMillis() + 1).retainLast(1).commit();
    assertThat(commits()).containsOnlyNulls();
    send(0, "{'id':3}");

    Result result = loadTable();

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
  }

  @Test
  void rollbackTakesTheTableBackAndForth() throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result back = change("rollback", "--to", "1");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.err()).doesNotContain("does not know");
    assertThat(rows("id")).containsExactly("1");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
    Result again = loadTable();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");

    assertThat(change("rollback", "--to", "3").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    // Of commit 4, which took out files that are back, an expiry would delete them.
    assertThat(commits()).containsExactly("1", "2", "3", "5", "6");
    assertThat(change("rollback", "--to", "2").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    Result forth = loadTable();

    assertThat(forth.exitCode()).as(forth.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3", "5", "6", "7", "8");
  }

  @Test
  void aChangeThatTheTableIsNotToldOfIsToldByTheNextLoad() throws Exception {
    for (int id = 1; id <= 2; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result without = run("rollback", "--output", root.toString(), "--to", "1");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("iceberg.catalog.lake.type");
    assertThat(run("verify", "--output", root.toString()).out()).contains("2 commits");
    faulty(new FaultyCatalog.Fault(1, false, null));

    Result behind = change("rollback", "--to", "1");

    assertThat(FaultyCatalog.hasHappened()).isTrue();
    assertThat(behind.exitCode()).as(behind.err()).isEqualTo(8);
    assertThat(behind.out()).contains("Went back to commit 1");
    assertThat(behind.err()).contains("Commit 3 stands", "lake.shop.orders");
    FaultyCatalog.arm(FaultyCatalog.Fault.NONE);
    assertThat(commits()).containsExactly("1", "2");
    assertThat(loadTable("--max-records", "1").exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
  }

  /** An expiry deletes what was taken out, by path. */
  @ParameterizedTest
  @ValueSource(strings = {"again", "back", "back at once"})
  void snapshotsThatExpireTakeNoFilesThatStand(String landed) throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    assertThat(change("rollback", "--to", "1").exitCode()).isZero();
    if (!landed.equals("back at once")) {
      assertThat(loadTable("--max-records", "1").exitCode()).isZero();
    }
    if (!landed.equals("again")) {
      assertThat(change("rollback", "--to", "3").exitCode()).isZero();
    }
    assertThat(loadTable().exitCode()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");

    catalog
        .loadTable(ORDERS)
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1)
        .retainLast(1)
        .commit();

    assertThat(rows("id")).containsExactly("1", "2", "3");
    Result verified = run("verify", "--deep", "--output", root.toString());
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  @Test
  void mergedFilesTakeThePlaceOfThoseThatWereMerged() throws Exception {
    for (int id = 1; id <= 3; id++) {
      send(0, "{'id':" + id + "}");
      assertThat(loadTable("--create-table").exitCode()).isZero();
    }
    Result compacted = change("compact");

    assertThat(compacted.exitCode()).as(compacted.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2", "3");
    assertThat(commits()).containsExactly("1", "2", "3", "4");
    assertThat(told().get(3))
        .containsEntry("total-records", "3")
        .containsEntry("total-data-files", "1");
  }

  /** As maintenance does that writes files anew, or somebody who deletes: here nothing tells. */
  @Test
  void whatTheTableDoesNotHoldAnyMoreCannotBeTakenOutOfItWithoutTheirOffsets() throws Exception {
    for (int id = 1; id <= 2; id++) {
      send(0, "{'id':" + id + "}");
      Result loaded = loadTable("--metadata", "none", "--create-table");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
    }
    catalog.loadTable(ORDERS).newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();

    for (Result behind :
        List.of(change("rollback", "--to", "1"), loadTable("--metadata", "none"))) {
      assertThat(behind.exitCode()).isEqualTo(8);
      assertThat(behind.err())
          .contains("does not hold 1 files any more", topic + "-0-", "no column _kafka");
    }
    assertThat(rows("id")).isEmpty();
  }

  @Test
  void aTableOfTheSameNameIsNotTakenForIt() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    Schema schema = catalog.loadTable(ORDERS).schema();
    catalog.dropTable(ORDERS, false);
    catalog.createTable(ORDERS, schema);
    send(0, "{'id':2}");

    Result refused = loadTable();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("dropped and created again", "--accept-change");
    assertThat(catalog.loadTable(ORDERS).currentSnapshot()).isNull();
    Result change = change("rollback", "--to", "0");
    assertThat(change.exitCode()).isEqualTo(2);
    assertThat(change.err()).contains("dropped and created again", "Leave -libjars out");
    Result accepted = loadTable("--accept-change");

    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(rows("id")).containsExactly("1", "2");
    assertThat(loadTable().exitCode()).isZero();
  }

  @Test
  void columnsAreAddedAndWidenedAndWhatCannotBeIsNamed() throws Exception {
    send(0, "{'id':1}");
    assertThat(loadTable("--create-table").exitCode()).isZero();
    schema(V2);
    send(0, "{'id':5000000000,'note':'n'}");

    Result wider = loadTable("--accept-change");

    assertThat(wider.exitCode()).as(wider.err()).isZero();
    assertThat(rows("id", "note")).containsExactly("1/null", "5000000000/n");
    schema("{'name':'id','type':'string'}");
    send(0, "{'id':'x'}");
    Result refused = loadTable("--accept-change");
    assertThat(refused.exitCode()).isEqualTo(8);
    assertThat(refused.err())
        .contains("Commit 3 stands", "columns that the table cannot take", "id");
    assertThat(rows("id")).hasSize(2);
  }

  @Test
  void whatCannotBeATargetIsRefusedBeforeAnythingIsRead() throws Exception {
    send(0, "{'id':1}");
    Result missing = load("--iceberg-table", "lake.shop.others");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("lake.shop.others does not exist", "--create-table");
    Result unknown = load("--iceberg-table", "sea.shop.orders");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("-D", "iceberg.catalog.sea.type");
    properties =
        Map.of("type", "rest", "uri", "http://127.0.0.1:1", "rest.client.max-retries", "1");
    Result down = loadTable();
    assertThat(down.exitCode()).as(down.err()).isEqualTo(1);
    assertThat(down.err()).contains("catalog lake", "127.0.0.1:1");
    assertThat(root.getFileSystem(hdfs.configuration()).exists(root)).isFalse();
  }
}
