package io.kafkahdfs.consumer.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;

/** A topic of two partitions and an empty output, for each test of a load on real servers. */
abstract class LoadFixture {
  String topic;
  Path root;
  Landed landed;

  @BeforeEach
  void prepare() throws Exception {
    topic = Servers.newTopic("events");
    kafka().tools().createTopic(topic, 2);
    root = new Path(newFolder(), "out");
    landed = new Landed(configuration(), root);
  }

  /** The Kafka to load from. */
  TestKafka kafka() {
    return Servers.kafka();
  }

  /** Where it is loaded from. */
  String bootstrapServers() {
    return kafka().bootstrapServers();
  }

  /** Of the HDFS to load into. */
  Configuration configuration() {
    return Servers.hdfs().configuration();
  }

  /** A new, empty folder there. */
  Path newFolder() throws IOException {
    return Servers.hdfs().newFolder();
  }

  /** The command without any arguments of ours. */
  static LoadCommand bare() {
    return new LoadCommand(Servers.hdfs().configuration());
  }

  /** Loads the test's topic into the test's output. */
  InProcess.Result load(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(List.of("--topic", topic));
    return loadAll(arguments.toArray(String[]::new));
  }

  /** Loads whatever the arguments say into the test's output. */
  InProcess.Result loadAll(String... more) throws Exception {
    return new LoadCommand(
            configuration(), "--bootstrap-server", bootstrapServers(), "--output", root.toString())
        .run(more);
  }

  /** A commit as it is stored. */
  JsonNode commit(long number) throws IOException {
    return new ObjectMapper()
        .readTree(AtomicFile.read(landed.store(), landed.state().commit(number)));
  }

  PartitionId partition(int number) {
    return new PartitionId(topic, number);
  }

  /** Sends records {@code k<i>}, {@code v<i>} for i from one number to before another. */
  void send(int partition, int from, int until) throws IOException {
    List<TestRecord> records = new ArrayList<>();
    for (int i = from; i < until; i++) {
      records.add(TestRecord.of("k" + i, "v" + i));
    }
    kafka().tools().send(partition(partition), Codec.NONE, records);
  }

  /** The rows that such records make when they are at the offsets that their numbers say. */
  static List<Row> rows(int partition, int from, int until) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < until; i++) {
      rows.add(new Row(partition, i, "k" + i, "v" + i));
    }
    return rows;
  }

  static <T> List<T> all(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
