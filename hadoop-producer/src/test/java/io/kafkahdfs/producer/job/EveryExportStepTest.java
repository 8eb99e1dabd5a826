package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.send.DyingTarget;
import io.kafkahdfs.producer.send.InlineTask;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.MeanwhileFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An export, driver and tasks, that fails or is halted at each operation on Kafka and on the file
 * system, before and after it took effect; then the same command again. Nothing is lost, nothing is
 * there twice, and the receipt is true.
 */
class EveryExportStepTest {
  private static final List<String> FIRST = lines("a");
  private static final List<String> SECOND = lines("b");

  @TempDir java.nio.file.Path temporary;

  private int worlds;
  private int attempts;

  private static List<String> lines(String prefix) {
    return IntStream.range(0, 7).mapToObj(i -> prefix + i).toList();
  }

  /** What goes wrong in a run. */
  private enum Fault {
    KAFKA_FAILS,
    KAFKA_HALTS,
    FILE_FAILS,
    FILE_HALTS
  }

  @Test
  void eachRecordIsThereOnce() throws Exception {
    everywhere(Guarantee.EXACTLY_ONCE, false);
  }

  @Test
  void eachRoundOfAgainIsThereOnce() throws Exception {
    everywhere(Guarantee.EXACTLY_ONCE, true);
  }

  @Test
  void withoutTransactionsNoneIsMissing() throws Exception {
    everywhere(Guarantee.AT_LEAST_ONCE, false);
  }

  /** Its lock was taken over: another run does all the work while this one stands still. */
  @Test
  void aRunThatStoodStillWhileAnotherOneFinishedSendsNothing() throws Exception {
    for (int at = 1; ; at++) {
      World world = new World(Guarantee.EXACTLY_ONCE);
      MeanwhileFileStore slow = new MeanwhileFileStore(world.store, at, world::finish);
      try {
        world.run(world.cluster.target(), slow, false);
      } catch (IOException e) {
        // It may notice, and fail.
      }
      world.audit("standing still before operation " + at);
      if (!slow.happened()) {
        break;
      }
    }
  }

  private void everywhere(Guarantee guarantee, boolean again) throws Exception {
    for (Fault fault : Fault.values()) {
      for (boolean before : new boolean[] {true, false}) {
        int at = 0;
        while (strike(guarantee, again, fault, at, before)) {
          at++;
        }
        assertThat(at).as("operations, " + fault).isGreaterThan(20);
      }
    }
  }

  /**
   * @return whether the run has that many operations
   */
  private boolean strike(Guarantee guarantee, boolean again, Fault fault, int at, boolean before)
      throws Exception {
    World world = new World(guarantee);
    if (again) {
      world.run(world.cluster.target(), world.store, false);
    }
    DyingTarget target =
        switch (fault) {
          case KAFKA_FAILS -> DyingTarget.failing(world.cluster.target(), at, before);
          case KAFKA_HALTS -> new DyingTarget(world.cluster.target(), at, before);
          case FILE_FAILS, FILE_HALTS ->
              new DyingTarget(world.cluster.target(), Integer.MAX_VALUE, before);
        };
    FaultyFileStore.Moment moment =
        before ? FaultyFileStore.Moment.BEFORE : FaultyFileStore.Moment.AFTER;
    FaultyFileStore store =
        switch (fault) {
          case FILE_FAILS -> FaultyFileStore.failing(world.store, at + 1, moment);
          case FILE_HALTS -> FaultyFileStore.halting(world.store, at + 1, moment);
          case KAFKA_FAILS, KAFKA_HALTS -> FaultyFileStore.counting(world.store);
        };
    boolean ended = false;
    try {
      world.run(target, store, again);
      ended = true;
    } catch (DyingTarget.DeathError | HaltedError | IOException e) {
      // As wanted: the same command again.
    }
    world.unlock();
    String what = fault + " at " + at + (before ? " before" : " after");
    Summary summary = world.run(world.cluster.target(), world.store, false);
    if (ended) {
      assertThat(summary.outcome()).as(what).isEqualTo("already-exported");
    }
    world.audit(what);
    return switch (fault) {
      case KAFKA_FAILS, KAFKA_HALTS -> target.operations() > at;
      case FILE_FAILS, FILE_HALTS -> store.operations() > at;
    };
  }

  /** A Kafka, and a folder with input and state. */
  private final class World {
    private final InMemoryCluster cluster;
    private final Guarantee guarantee;
    // Without Hadoop's defaults, which take longer to copy than an export of some lines.
    private final Configuration plain = new JobConf(false);
    private final Path state;
    private final FileStore store;

    World(Guarantee guarantee) throws IOException {
      this.guarantee = guarantee;
      java.nio.file.Path folder = Files.createDirectory(temporary.resolve("world" + worlds++));
      java.nio.file.Path input = Files.createDirectory(folder.resolve("in"));
      Files.writeString(input.resolve("a.txt"), String.join("\n", FIRST) + "\n");
      Files.writeString(input.resolve("b.txt"), String.join("\n", SECOND) + "\n");
      cluster =
          new InMemoryCluster(
              guarantee == Guarantee.EXACTLY_ONCE ? Generation.MODERN : Generation.LEGACY);
      cluster.createTopic("topic", 1);
      state = new Path(folder.resolve("state").toUri());
      store = HadoopFileStore.of(state, plain);
      plain.set(ExportSettings.BOOTSTRAP_SERVERS.key(), "localhost:1");
      plain.set("export.input", input.toUri() + "*.txt");
      plain.set("export.format", "text");
      plain.set("export.topic", "topic");
      plain.set("export.export.id", "whole");
      plain.set("export.maps", "2");
      plain.set("export.commit.records", "3");
      plain.set("export.commit.interval", "50s");
    }

    Summary run(KafkaTarget target, FileStore through, boolean again)
        throws IOException, InterruptedException {
      Configuration configuration = new Configuration(plain);
      configuration.setBoolean("export.again", again);
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true);
      Invocation invocation =
          new Invocation(
              configuration,
              new Credentials(),
              TargetConnection.settings(configuration),
              new Console(nowhere, nowhere, false),
              StopSignal.NONE);
      return new ExportJob(
              invocation,
              RunOrigin.now(),
              new Exports(through, state),
              () -> target,
              submitted ->
                  (folder, splits) -> tasks(configuration, target, through, folder, splits))
          .run();
    }

    private boolean tasks(
        Configuration configuration,
        KafkaTarget target,
        FileStore through,
        RoundFolder folder,
        Set<Integer> splits)
        throws InterruptedException {
      new ExportRun(folder, splits, 1).putInto(configuration);
      for (int i = 0; i < splits.size(); i++) {
        try {
          TaskAttemptID id = new TaskAttemptID("test", 1, TaskType.MAP, i, attempts++);
          new InlineTask(configuration, id, i, target, through, value -> true).run();
        } catch (IOException e) {
          return false;
        }
      }
      return true;
    }

    /** What another run does that takes the lock over. */
    void finish() throws IOException {
      unlock();
      try {
        run(cluster.target(), store, false);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The process is gone: whoever comes next finds its lock stale. */
    void unlock() throws IOException {
      store.delete(new Path(new Path(state, "whole"), "lock.json"));
    }

    void audit(String what) throws IOException {
      ExportFolder folder = new Exports(store, state).folder("whole");
      List<Receipt> receipts = new ArrayList<>();
      for (FileEntry entry : store.list(folder.path())) {
        if (entry.name().startsWith("receipt")) {
          receipts.add(new Exports(store, state).read(entry.path(), Receipt.class).orElseThrow());
        }
      }
      List<String> values = new ArrayList<>();
      cluster
          .tools()
          .read(
              new PartitionId("topic", 0),
              (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      List<String> wanted = new ArrayList<>();
      long mostRepeated = 0;
      for (Receipt receipt : receipts) {
        wanted.addAll(FIRST);
        wanted.addAll(SECOND);
        mostRepeated += receipt.maybeRepeated();
        assertThat(receipt.records() - receipt.maybeRepeated())
            .as(what)
            .isLessThanOrEqualTo(FIRST.size() + SECOND.size());
        assertThat(receipt.files().stream().mapToLong(SplitReport.File::sent).sum())
            .as(what)
            .isEqualTo(FIRST.size() + SECOND.size());
      }
      if (guarantee == Guarantee.EXACTLY_ONCE) {
        assertThat(values).as(what).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(mostRepeated).as(what).isZero();
      } else {
        assertThat(values).as(what).containsAll(wanted);
        assertThat((long) values.size() - wanted.size()).as(what).isLessThanOrEqualTo(mostRepeated);
      }
    }
  }
}
