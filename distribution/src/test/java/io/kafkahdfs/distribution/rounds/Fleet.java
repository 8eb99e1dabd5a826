package io.kafkahdfs.distribution.rounds;

import static org.awaitility.Awaitility.await;

import io.kafkahdfs.distribution.rounds.Rounds.Fault;
import io.kafkahdfs.distribution.rounds.Rounds.Signal;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.Suspension;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.HadoopDaemons;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** All servers, the commands that run on them, and how they are made to fail and to recover. */
final class Fleet implements AutoCloseable {
  static final String LOAD = "load";
  static final String EXPORT = "export";

  /** Longer than any fault lasts and anything waits for it. */
  static final Duration LONGEST = Duration.ofMinutes(6);

  /** How long to wait for a process of a run to make fail. */
  private static final Duration ABSENCE = Duration.ofSeconds(60);

  private static final int BROKERS = 3;
  private static final int DATA_NODES = 3;

  private static final Map<String, String> KAFKA =
      Map.of(
          "min.insync.replicas", "2",
          "unclean.leader.election.enable", "false",
          "offsets.topic.replication.factor", "3",
          "transaction.state.log.replication.factor", "3",
          "transaction.state.log.min.isr", "2",
          "replica.lag.time.max.ms", "3000");

  /** Time-outs that faults outlast. */
  private static final Map<String, String> HADOOP =
      Map.ofEntries(
          Map.entry("ipc.client.connect.max.retries", "5"),
          Map.entry("ipc.client.connect.timeout", "5000"),
          Map.entry("ipc.client.connect.max.retries.on.timeouts", "2"),
          Map.entry("ipc.client.rpc-timeout.ms", "10000"),
          Map.entry("dfs.replication", "2"),
          Map.entry("dfs.client.socket-timeout", "10000"),
          Map.entry("dfs.datanode.socket.write.timeout", "10000"),
          Map.entry("dfs.namenode.heartbeat.recheck-interval", "2000"),
          Map.entry("yarn.am.liveness-monitor.expiry-interval-ms", "10000"),
          Map.entry("yarn.nm.liveness-monitor.expiry-interval-ms", "10000"),
          Map.entry("yarn.resourcemanager.rm.container-allocation.expiry-interval-ms", "20000"),
          Map.entry("yarn.resourcemanager.am.max-attempts", "4"),
          Map.entry("yarn.client.nodemanager-connect.max-wait-ms", "10000"),
          Map.entry("yarn.client.nodemanager-connect.retry-interval-ms", "1000"),
          Map.entry("mapreduce.am.max-attempts", "4"),
          Map.entry("mapreduce.task.timeout", "15000"),
          Map.entry("mapreduce.client.submit.file.replication", "2"));

  private final TestKafka kafka;
  private final HadoopDaemons hadoop;
  private final Map<String, RunningCommand> running = new ConcurrentHashMap<>();
  private final List<PartitionId> partitions = new ArrayList<>();

  private Fleet(TestKafka kafka, HadoopDaemons hadoop) {
    this.kafka = kafka;
    this.hadoop = hadoop;
  }

  static Fleet start(KafkaVersion version) throws IOException {
    TestKafka kafka = TestKafka.start(version, BROKERS, KAFKA);
    try {
      return new Fleet(kafka, HadoopDaemons.start(DATA_NODES, HADOOP));
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  TestKafka kafka() {
    return kafka;
  }

  HadoopDaemons hadoop() {
    return hadoop;
  }

  /** Creates a topic that every broker has. */
  List<PartitionId> createTopic(String topic, int count) throws IOException {
    kafka.tools().createTopic(topic, count, BROKERS, Map.of("min.insync.replicas", "2"));
    List<PartitionId> created = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      created.add(new PartitionId(topic, i));
    }
    partitions.addAll(created);
    return created;
  }

  /**
   * {@code hadoop jar}, to its end.
   *
   * @param name under which its driver can be made to fail
   */
  CommandResult run(String name, Path jar, List<String> arguments) {
    RunningCommand command = hadoop.startHadoopJar(jar, arguments, Map.of());
    running.put(name, command);
    try {
      return command.await(LONGEST);
    } finally {
      running.remove(name);
    }
  }

  /** Something that fails, until it is healed. */
  @FunctionalInterface
  interface Wound {
    /** Starts it again, or lets it go on, and waits until all is well. */
    void heal() throws IOException;
  }

  /** Makes something fail; nothing if there is no such process for a while. */
  Optional<Wound> strike(Fault fault) throws IOException {
    return switch (fault.target()) {
      case LEADER -> Optional.of(broker(partitions.get(fault.choice() % 3), fault.signal()));
      case COORDINATOR ->
          Optional.of(broker(new PartitionId("__transaction_state", 0), fault.signal()));
      case DATANODE ->
          Optional.of(daemon("datanode-" + fault.choice() % DATA_NODES, fault.signal()));
      case NAMENODE -> Optional.of(daemon("namenode", fault.signal()));
      case NODEMANAGER -> Optional.of(daemon("nodemanager", fault.signal()));
      case LOAD_DRIVER -> driver(LOAD, fault.signal());
      case EXPORT_DRIVER -> driver(EXPORT, fault.signal());
      case MASTER -> container("MRAppMaster", fault);
      case TASK -> container("YarnChild", fault);
    };
  }

  private Wound broker(PartitionId led, Signal signal) throws IOException {
    TestBroker broker = kafka.broker(kafka.tools().leader(led));
    if (signal == Signal.KILL) {
      broker.kill();
      return () -> {
        broker.start();
        awaitInSync();
      };
    }
    broker.suspend();
    return () -> {
      broker.resume();
      awaitInSync();
    };
  }

  private Wound daemon(String name, Signal signal) throws IOException {
    if (signal == Signal.KILL) {
      hadoop.daemon(name).kill();
      return () -> {
        hadoop.restart(name);
        hadoop.awaitReady();
      };
    }
    hadoop.daemon(name).suspend();
    return () -> {
      hadoop.daemon(name).resume();
      hadoop.awaitReady();
    };
  }

  private Optional<Wound> driver(String name, Signal signal) throws IOException {
    Optional<RunningCommand> found = awaitOrGiveUp(() -> Optional.ofNullable(running.get(name)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    RunningCommand driver = found.get();
    if (signal == Signal.KILL) {
      driver.kill();
      return Optional.of(() -> {});
    }
    driver.suspend();
    return Optional.of(driver::resume);
  }

  private Optional<Wound> container(String mainClass, Fault fault) throws IOException {
    Optional<ProcessHandle> found =
        awaitOrGiveUp(
            () -> {
              List<ProcessHandle> all = hadoop.containers(mainClass, "").toList();
              return all.isEmpty()
                  ? Optional.empty()
                  : Optional.of(all.get(fault.choice() % all.size()));
            });
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ProcessHandle container = found.get();
    if (fault.signal() == Signal.KILL) {
      container.destroyForcibly();
      return Optional.of(() -> {});
    }
    Suspension suspension = Suspension.of(container.pid());
    return Optional.of(
        () -> {
          if (container.isAlive()) {
            suspension.end();
          } else {
            suspension.forget();
          }
        });
  }

  /** What is found before {@link #ABSENCE} is over. */
  private static <T> Optional<T> awaitOrGiveUp(Supplier<Optional<T>> found) {
    try {
      return await().atMost(ABSENCE).until(found::get, Optional::isPresent);
    } catch (ConditionTimeoutException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits until every broker has all of every partition. Only then may the next one fail: Kafka
   * promises to keep what was acknowledged as long as one of the replicas in sync lives.
   */
  void awaitInSync() throws IOException {
    List<PartitionId> all = new ArrayList<>(partitions);
    Set<String> topics = kafka.tools().topics();
    for (String internal : List.of("__consumer_offsets", "__transaction_state")) {
      if (topics.contains(internal)) {
        all.add(new PartitionId(internal, 0));
      }
    }
    for (PartitionId partition : all) {
      await("all replicas of " + partition + " in sync")
          .atMost(LONGEST)
          .until(() -> kafka.tools().inSync(partition).size() >= BROKERS);
    }
  }

  /** Whether this Kafka has transactions. */
  boolean transactions() {
    return kafka.tools().capabilities().contains(Capability.TRANSACTIONS);
  }

  @Override
  public void close() {
    hadoop.close();
    kafka.close();
  }
}
