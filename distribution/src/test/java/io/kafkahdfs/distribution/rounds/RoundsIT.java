package io.kafkahdfs.distribution.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.distribution.rounds.Ledger.End;
import io.kafkahdfs.distribution.rounds.Rounds.Fault;
import io.kafkahdfs.distribution.rounds.Rounds.Target;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes: brokers, HDFS, YARN, and both packaged jars, run again and again while all of
 * them are killed and stopped and producers write. At the end the books balance. {@code
 * -Drounds.seed=N} repeats a schedule, {@code -Drounds.minutes=N} says how long faults come.
 */
@Tag("rounds")
class RoundsIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Math.round(Double.parseDouble(property("rounds.minutes", "4")) * 60));

  /** How often a command may fail once all is well: what dead ones left behind may still end. */
  private static final int TRIES = 8;

  /** Much longer than Kafka waits for a writer's decision. */
  private static final Duration UNDECIDED = Duration.ofMinutes(3);

  @TempDir Path temporary;

  private final long seed =
      Long.parseLong(property("rounds.seed", String.valueOf(new Random().nextInt(1_000_000))));
  private final Ledger ledger = new Ledger();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final CountDownLatch healed = new CountDownLatch(1);
  private Journal journal;
  private Fleet fleet;
  private List<PartitionId> sources;
  private List<PartitionId> targets;
  private LoadRuns loads;
  private ExportRuns exports;

  private static String property(String name, String otherwise) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  @Test
  void theBooksBalanceOnKafka44() throws Exception {
    play(KafkaVersion.V4_4, List.of(Target.values()));
  }

  @Test
  void theBooksBalanceOnKafka09() throws Exception {
    play(
        KafkaVersion.V0_9,
        Stream.of(Target.values()).filter(target -> target != Target.COORDINATOR).toList());
  }

  private void play(KafkaVersion version, List<Target> who) throws Exception {
    journal = new Journal(Path.of("target", "rounds-" + version.number() + ".log"));
    Rounds rounds = Rounds.of(seed, LENGTH, who);
    journal.say("Rounds on Kafka " + version.number() + ", -Drounds.seed=" + seed);
    rounds.servers().forEach(fault -> journal.say("server: " + fault));
    rounds.processes().forEach(fault -> journal.say("process: " + fault));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Fleet servers = Fleet.start(version)) {
      fleet = servers;
      prepare();
      List<Future<?>> writers = writers().stream().<Future<?>>map(threads::submit).toList();
      List<Future<?>> runs =
          List.of(submit(threads, this::loadAgainAndAgain), submit(threads, this::exportOneByOne));
      journal.say("All is up");
      List<Future<?>> faults =
          List.of(
              submit(threads, () -> strike(rounds.servers())),
              submit(threads, () -> strike(rounds.processes())));
      awaitAll(faults);
      fleet.hadoop().awaitReady();
      fleet.awaitInSync();
      journal.say("All is well again");
      healed.countDown();
      assertThat(writers).as("writers that died").noneMatch(Future::isDone);
      writers.forEach(writer -> writer.cancel(true));
      awaitAll(runs);
      threads.shutdown();
      assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).as("writers end").isTrue();
      audit();
    } finally {
      threads.shutdownNow();
    }
    journal.say("Seed " + seed + ": " + journal.counts());
    assertThat(journal.findings()).as("-Drounds.seed=" + seed).isEmpty();
  }

  private void prepare() throws Exception {
    sources = fleet.createTopic("source", 3);
    targets = fleet.createTopic("target", 2);
    loads = new LoadRuns(fleet, sources, output(), temporary, journal);
    exports = new ExportRuns(fleet, "target", temporary, journal);
    if (fleet.transactions()) {
      // So that there is a coordinator to make fail.
      fleet
          .kafka()
          .tools()
          .beginTransaction(sources.get(0), List.of(TestRecord.of("k", "aborted")))
          .abort();
    }
  }

  private String output() {
    return fleet.hadoop().root() + "landing";
  }

  private List<Writer> writers() {
    String brokers = fleet.kafka().bootstrapServers();
    return fleet.transactions()
        ? List.of(
            Writers.idempotent(brokers, sources, seed, ledger),
            Writers.transactional(brokers, sources, seed, ledger))
        : List.of(Writers.plain(fleet.kafka().tools(), sources, seed, ledger));
  }

  /** Something that a thread of its own does. */
  @FunctionalInterface
  private interface Part {
    void play() throws Exception;
  }

  /** When one part fails, the faults end early, and with them all. */
  private Future<?> submit(ExecutorService threads, Part part) {
    return threads.submit(
        () -> {
          try {
            part.play();
          } catch (Exception | AssertionError e) {
            failed.countDown();
            throw e;
          }
          return null;
        });
  }

  private static void awaitAll(List<Future<?>> parts) throws Exception {
    for (Future<?> part : parts) {
      part.get();
    }
  }

  private void strike(List<Fault> faults) throws Exception {
    // A slow machine lags behind the schedule.
    long deadline = System.nanoTime() + LENGTH.toNanos() * 3 / 2;
    for (Fault fault : faults) {
      if (System.nanoTime() > deadline) {
        journal.say("The rest of the schedule is left out");
        return;
      }
      // The schedule's pace; nothing is waited for.
      if (failed.await(fault.pause().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Optional<Fleet.Wound> wound = fleet.strike(fault);
      journal.say(fault + (wound.isPresent() ? "" : ": nobody there"));
      if (wound.isPresent()) {
        journal.count(fault.signal() + " " + fault.target());
        failed.await(fault.hold().toMillis(), TimeUnit.MILLISECONDS);
        wound.get().heal();
        journal.say("  healed: " + fault.target());
      }
    }
  }

  private boolean isHealed() {
    return healed.getCount() == 0 || failed.getCount() == 0;
  }

  private void loadAgainAndAgain() throws Exception {
    while (!isHealed()) {
      loads.run();
    }
  }

  private void exportOneByOne() throws Exception {
    while (!isHealed()) {
      exports.writeInput();
      int tries = 0;
      while (exports.run() != 0) {
        tries = isHealed() ? tries + 1 : 0;
        assertThat(tries).as("Exports that failed though all was well").isLessThan(TRIES);
      }
      exports.run();
    }
    assertThat(exports.run()).as("The last export, once more").isZero();
  }

  private void audit() throws Exception {
    if (fleet.transactions()) {
      // What a writer has left undecided Kafka aborts by itself.
      await("the end of undecided transactions")
          .atMost(UNDECIDED)
          .until(() -> loads.readable(true).equals(loads.readable(false)));
    }
    int tries = 0;
    while (loads.run() != 0) {
      assertThat(++tries).as("Loads that failed though all was well").isLessThan(TRIES);
    }
    Audit audit = new Audit(fleet, journal);
    long landed =
        audit.load(
            sources, new org.apache.hadoop.fs.Path(output(), sources.get(0).topic()), ledger);
    long repeated = audit.exports(targets, exports.lines());
    if (repeated > exports.mayBeRepeated()) {
      journal.finding(
          "%d lines are there twice; the exports said at most %d"
              .formatted(repeated, exports.mayBeRepeated()));
    }
    if (fleet.transactions() && repeated + exports.mayBeRepeated() > 0) {
      journal.finding("An exactly-once export may repeat " + exports.mayBeRepeated());
    }
    List<String> all = new ArrayList<>();
    for (End end : End.values()) {
      all.add(ledger.records(end) + " " + end);
    }
    journal.say(
        "Sent: %s. Landed: %,d. Exported: %,d lines, %d of them twice, at most %d allowed"
            .formatted(all, landed, exports.lines().size(), repeated, exports.mayBeRepeated()));
    verified("kafka-to-hdfs", loads.verify());
    verified("hdfs-to-kafka", exports.verify());
  }

  private void verified(String command, CommandResult result) {
    journal.say(command + " verify --deep: " + result.exitCode() + "\n" + result.stdout());
    if (result.exitCode() != 0) {
      journal.finding(command + " verify --deep:\n" + result.stdout() + result.stderr());
    }
  }
}
