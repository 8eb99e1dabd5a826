package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;

/** An empty folder and a topic of two partitions, for each test of an export on real servers. */
abstract class ExportFixture {
  KafkaVersion version = KafkaVersion.V0_9;
  String topic;
  Path folder;
  Path input;
  FileSystem files;

  @BeforeEach
  void prepare() throws IOException {
    folder = Servers.hdfs().newFolder();
    input = new Path(folder, "in");
    files = folder.getFileSystem(Servers.hdfs().configuration());
    files.mkdirs(input);
  }

  /** Chooses the Kafka of a test, and makes its topic there. */
  void use(KafkaVersion wanted) throws IOException {
    version = wanted;
    topic = Servers.newTopic("target");
    kafka().tools().createTopic(topic, 2);
  }

  TestKafka kafka() {
    return Servers.kafka(version);
  }

  /** Sends the test's input to the test's topic. */
  InProcess.Result export(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(List.of("--input", input.toString(), "--topic", topic));
    return exportAll(arguments.toArray(String[]::new));
  }

  /** Sends whatever the arguments say; the state is kept in the test's folder. */
  InProcess.Result exportAll(String... more) throws Exception {
    return new ExportCommand(
            Servers.hdfs().configuration(),
            "--bootstrap-server",
            kafka().bootstrapServers(),
            "--state",
            new Path(folder, "state").toString())
        .run(more);
  }

  /** What an export has planned. */
  ExportPlan plan(String id) throws IOException {
    Path state = new Path(folder, "state");
    Exports exports = new Exports(HadoopFileStore.of(state, Servers.hdfs().configuration()), state);
    return exports.read(exports.folder(id).plan(), ExportPlan.class).orElseThrow();
  }

  Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) throws IOException {
    Path path = new Path(input, name);
    try (OutputStream out = files.create(path)) {
      out.write(bytes);
    }
    return path;
  }

  /** Lines {@code <prefix><i>} for i from one number to before another. */
  static List<String> lines(String prefix, int from, int until) {
    return IntStream.range(from, until).mapToObj(i -> prefix + i).toList();
  }

  static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** A record as it was read back; bytes that were null are null. */
  record Sent(int partition, String key, String value, long timestamp, List<String> headers) {}

  /** All that consumers of committed records see in a topic, partition by partition. */
  List<Sent> sent(String from) throws IOException {
    List<Sent> all = new ArrayList<>();
    try (KafkaCluster cluster =
        KafkaClusters.connect(
            new ClusterSettings(
                List.of(kafka().bootstrapServers().split(",")),
                Duration.ofSeconds(60),
                Map.of()))) {
      for (OffsetRange range : cluster.describe(TopicFilter.of(from)).readable().values()) {
        try (RangeReader reader = cluster.read(range, new ReadSettings(1 << 20, 1 << 26, 1))) {
          KafkaRecord record = new KafkaRecord();
          for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
            while (batch.next(record)) {
              all.add(sent(record));
            }
          }
        }
      }
    }
    return all;
  }

  private static Sent sent(KafkaRecord record) {
    return new Sent(
        record.partition().partition(),
        record.key().isNull() ? null : record.key().toString(),
        record.value().isNull() ? null : record.value().toString(),
        record.timestamp(),
        record.headers().stream()
            .map(
                header ->
                    header.key()
                        + "="
                        + (header.value() == null
                            ? "null"
                            : Base64.getEncoder().encodeToString(header.value())))
            .toList());
  }

  /** The values of a topic, partition by partition. */
  List<String> values(String from) throws IOException {
    return sent(from).stream().map(Sent::value).toList();
  }

  /** The values of one partition of the test's topic. */
  List<String> values(int partition) throws IOException {
    return sent(topic).stream()
        .filter(sent -> sent.partition() == partition)
        .map(Sent::value)
        .toList();
  }
}
