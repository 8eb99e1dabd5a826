package io.kafkahdfs.producer.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attempt of a task that fails or is halted at each of its operations, on Kafka and on the file
 * system, before and after it took effect; then another attempt. Whether Kafka still knows the
 * progress then or not: nothing is lost, nothing is there twice, and the report is true.
 */
class EveryStepTest {
  private static final int COMMIT_RECORDS = 4;
  private static final List<String> LINES =
      IntStream.range(0, 9).mapToObj(i -> "line" + i).toList();
  private static final Predicate<String> KEPT = value -> !value.endsWith("3");
  private static final List<String> SENT = LINES.stream().filter(KEPT).toList();

  @TempDir Path temporary;

  private int exports;

  /** What goes wrong in an attempt. */
  private enum Fault {
    KAFKA_FAILS,
    KAFKA_HALTS,
    FILE_FAILS,
    FILE_HALTS
  }

  /** What becomes of Kafka until the next attempt. */
  private enum Meanwhile {
    NOTHING,
    PROGRESS_IS_FORGOTTEN,
    PROGRESS_AND_ID_ARE_FORGOTTEN
  }

  @Test
  void eachRecordIsThereOnce() throws Exception {
    for (Meanwhile meanwhile : Meanwhile.values()) {
      for (Fault fault : Fault.values()) {
        for (boolean before : new boolean[] {true, false}) {
          int at = 0;
          while (strike(fault, at, before, meanwhile)) {
            at++;
          }
          assertThat(at).as("operations").isGreaterThan(10);
        }
      }
    }
  }

  /**
   * @return whether the attempt has that many operations
   */
  private boolean strike(Fault fault, int at, boolean before, Meanwhile meanwhile)
      throws Exception {
    String what = fault + " at " + at + (before ? " before, " : " after, ") + meanwhile;
    InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
    SplitFixture export = export(cluster, Guarantee.EXACTLY_ONCE);
    boolean struck = attempt(export, cluster, fault, at, before);
    String id = export.plan().transactionalId(0);
    if (meanwhile != Meanwhile.NOTHING) {
      cluster.forgetGroup(id);
    }
    if (meanwhile == Meanwhile.PROGRESS_AND_ID_ARE_FORGOTTEN) {
      cluster.forgetTransactionalId(id);
    }
    export.attempt(cluster.target(), export.store(), KEPT).run();
    assertThat(export.values("topic")).as(what).isEqualTo(SENT);
    SplitReport report = export.report().orElseThrow();
    report.check();
    assertThat(report.records()).as(what).isEqualTo(SENT.size());
    assertThat(report.files().get(0).sent()).as(what).isEqualTo(SENT.size());
    assertThat(report.files().get(0).filtered()).as(what).isEqualTo(1);
    assertThat(report.partitions()).as(what).isEqualTo(undisturbed());
    return struck;
  }

  /** What a report says, digests and all, when nothing goes wrong. */
  private List<SplitReport.Partition> undisturbed() throws Exception {
    InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
    SplitFixture export = export(cluster, Guarantee.EXACTLY_ONCE);
    export.attempt(cluster.target(), export.store(), KEPT).run();
    return export.report().orElseThrow().partitions();
  }

  private boolean attempt(
      SplitFixture export, InMemoryCluster cluster, Fault fault, int at, boolean before)
      throws Exception {
    DyingTarget target =
        switch (fault) {
          case KAFKA_FAILS -> DyingTarget.failing(cluster.target(), at, before);
          case KAFKA_HALTS -> new DyingTarget(cluster.target(), at, before);
          case FILE_FAILS, FILE_HALTS ->
              new DyingTarget(cluster.target(), Integer.MAX_VALUE, before);
        };
    FaultyFileStore.Moment moment =
        before ? FaultyFileStore.Moment.BEFORE : FaultyFileStore.Moment.AFTER;
    FaultyFileStore store =
        switch (fault) {
          case FILE_FAILS -> FaultyFileStore.failing(export.store(), at + 1, moment);
          case FILE_HALTS -> FaultyFileStore.halting(export.store(), at + 1, moment);
          case KAFKA_FAILS, KAFKA_HALTS -> FaultyFileStore.counting(export.store());
        };
    run(export, target, store);
    return switch (fault) {
      case KAFKA_FAILS, KAFKA_HALTS -> target.operations() > at;
      case FILE_FAILS, FILE_HALTS -> store.operations() > at;
    };
  }

  private static void run(SplitFixture export, KafkaTarget target, FileStore store)
      throws InterruptedException {
    try {
      export.attempt(target, store, KEPT).run();
    } catch (DyingTarget.DeathError | HaltedError | IOException e) {
      // As wanted: another attempt follows.
    }
  }

  @Test
  void withoutTransactionsNoneIsMissingAndTheOthersAreCounted() throws Exception {
    for (Fault fault : Fault.values()) {
      for (boolean before : new boolean[] {true, false}) {
        boolean struck = true;
        for (int at = 0; struck; at++) {
          InMemoryCluster cluster = new InMemoryCluster(Generation.LEGACY);
          SplitFixture export = export(cluster, Guarantee.AT_LEAST_ONCE);
          struck = attempt(export, cluster, fault, at, before);
          export.attempt(cluster.target(), export.store(), KEPT).run();
          List<String> values = export.values("topic");
          String what = fault + " at " + at + (before ? " before" : " after");
          assertThat(new HashSet<>(values)).as(what).isEqualTo(new HashSet<>(SENT));
          assertThat((long) values.size() - SENT.size())
              .as(what)
              .isLessThanOrEqualTo(export.report().orElseThrow().maybeRepeated());
        }
      }
    }
  }

  @Test
  void progressMovesOnAlsoWhenNothingIsSent() throws Exception {
    InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
    SplitFixture export = export(cluster, Guarantee.EXACTLY_ONCE);
    InlineTask task = export.attempt(cluster.target(), export.store(), "line0"::equals);
    for (int i = 0; i < LINES.size(); i++) {
      assertThat(task.step()).isTrue();
    }
    assertThat(cluster.publishedOffsets(export.plan().transactionalId(0)).values())
        .as("records are done though nothing was sent behind the first one")
        .containsExactly(8L);
  }

  @Test
  void nothingStaysOpenWhileARecordIsHeldBack() throws Exception {
    InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
    SplitFixture export = export(cluster, Guarantee.EXACTLY_ONCE);
    export.set("export.commit.records", "1000");
    export.set("export.commit.interval", "100ms");
    export.set("export.max.rate", "5r");
    // No time passes, so that nothing but the pause makes a save due.
    InlineTask task = export.attempt(cluster.target(), export.store(), () -> 0L, value -> true);
    task.step();
    task.step();
    assertThat(export.values("topic")).as("committed before the pause").startsWith("line0");
  }

  private SplitFixture export(InMemoryCluster cluster, Guarantee guarantee) throws IOException {
    cluster.createTopic("topic", 1);
    Path folder = Files.createDirectory(temporary.resolve("export" + exports++));
    return new SplitFixture(
        cluster::target, "localhost:1", folder, "topic", guarantee, LINES, COMMIT_RECORDS);
  }
}
