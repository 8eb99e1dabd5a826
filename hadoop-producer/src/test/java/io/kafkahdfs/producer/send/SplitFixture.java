package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.SplitPlanner;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.run.MapCount;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;

/** An export of one file with one split, whose attempts a test makes one by one. */
final class SplitFixture {
  private final Callable<KafkaTarget> kafka;
  private final ExportRun run;
  private final ExportPlan plan;
  private final FileStore store;

  /** Copied: to read Hadoop's defaults takes longer than an attempt. */
  private static final Configuration LOADED = new JobConf();

  private final Configuration configuration = new Configuration(LOADED);
  private int attempts;

  /**
   * @param folder where its file and its state are
   * @param lines what is sent
   * @param commitRecords how many records make a transaction
   */
  SplitFixture(
      Callable<KafkaTarget> kafka,
      String servers,
      java.nio.file.Path folder,
      String topic,
      Guarantee guarantee,
      List<String> lines,
      int commitRecords)
      throws IOException {
    this.kafka = kafka;
    java.nio.file.Path input = Files.writeString(folder.resolve("in.txt"), text(lines));
    set(ExportSettings.BOOTSTRAP_SERVERS.key(), servers);
    set(InputSettings.FORMAT.key(), "text");
    set(ExportSettings.TOPIC.key(), topic);
    set(ExportSettings.COMMIT_RECORDS.key(), String.valueOf(commitRecords));
    set(ExportSettings.COMMIT_INTERVAL.key(), "1h");
    Path path = new Path(input.toUri());
    plan =
        new ExportPlan(
            topic,
            "test",
            "localhost",
            "2026-01-31T00:00:00Z",
            List.of(servers),
            new ExportIdentity(List.of(path.toString()), new TreeMap<>()),
            guarantee,
            List.of(topic),
            SplitPlanner.plan(
                new InputLister(configuration).list(List.of(path.toString())).files(),
                new MapCount(Optional.of(1), configuration),
                file -> false),
            ExportPlan.sender(topic, folder.toString(), "run"),
            null,
            List.of(),
            "run");
    Path state = new Path(folder.resolve("state").toUri());
    store = HadoopFileStore.of(state, configuration);
    run = new ExportRun(new Exports(store, state).folder(topic).round(plan), Set.of(0), 1);
    run.round().create(store);
    run.round().createProgress(store, plan);
    AtomicFile.create(
        store, new Path(run.folder().path(), "draft"), run.folder().plan(), Json.writeSealed(plan));
    run.putInto(configuration);
  }

  /** With a real Kafka. */
  static SplitFixture of(
      TestKafka kafka,
      java.nio.file.Path folder,
      String topic,
      Guarantee guarantee,
      List<String> lines,
      int commitRecords)
      throws IOException {
    String servers = kafka.bootstrapServers();
    ClusterSettings cluster =
        new ClusterSettings(List.of(servers), Duration.ofSeconds(60), Map.of());
    return new SplitFixture(
        () -> KafkaClusters.target(cluster, Optional.empty()),
        servers,
        folder,
        topic,
        guarantee,
        lines,
        commitRecords);
  }

  void set(String key, String value) {
    configuration.set(key, value);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  KafkaTarget connect() throws Exception {
    return kafka.call();
  }

  /** An attempt of the split's task; the mapper keeps everything. */
  InlineTask attempt(KafkaTarget target) throws IOException, InterruptedException {
    return attempt(target, store, value -> true);
  }

  InlineTask attempt(KafkaTarget target, FileStore through, Predicate<String> filter)
      throws IOException, InterruptedException {
    return attempt(target, through, System::nanoTime, filter);
  }

  InlineTask attempt(
      KafkaTarget target, FileStore through, LongSupplier nanos, Predicate<String> filter)
      throws IOException, InterruptedException {
    TaskAttemptID id = new TaskAttemptID("test", 1, TaskType.MAP, 0, attempts++);
    return new InlineTask(configuration, id, 0, target, through, nanos, filter);
  }

  FileStore store() {
    return store;
  }

  ExportPlan plan() {
    return plan;
  }

  /** What became of the split; empty while it is not done. */
  Optional<SplitReport> report() throws IOException {
    Path file = run.round().report(0);
    return store.entry(file).isEmpty()
        ? Optional.empty()
        : Optional.of(Json.readSealed(AtomicFile.read(store, file), SplitReport.class));
  }

  /** What consumers of committed records see in the topic. */
  List<String> values(String topic) throws Exception {
    List<String> values = new ArrayList<>();
    try (KafkaTarget target = connect()) {
      KafkaCluster cluster = target.cluster();
      for (OffsetRange range : cluster.describe(TopicFilter.of(topic)).readable().values()) {
        try (RangeReader in = cluster.read(range, new ReadSettings(1 << 20, 1 << 26, 1))) {
          KafkaRecord record = new KafkaRecord();
          for (RecordBatch batch = in.next(); batch != null; batch = in.next()) {
            while (batch.next(record)) {
              values.add(record.value().toString());
            }
          }
        }
      }
    }
    return values;
  }
}
