package io.kafkahdfs.testkit.table;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.TestHdfs;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of loads into tables: a topic of orders in JSON, on a real Kafka and a real HDFS. */
public abstract class TableFixture {
  protected static TestKafka kafka;
  protected static TestHdfs hdfs;

  private static int topics;

  /** Of this machine. */
  @TempDir protected java.nio.file.Path folder;

  /** The test's own, of two partitions. */
  protected String topic;

  /** A new folder in HDFS, which holds {@link #root}. */
  protected Path parent;

  /** Where the test's load lands; not there yet. */
  protected Path root;

  @BeforeAll
  protected static void startServers() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_9);
    hdfs = TestHdfs.start();
    hdfs.deleteAtExit();
  }

  @AfterAll
  protected static void stopServers() {
    kafka.close();
  }

  @BeforeEach
  protected final void makeTopic() throws IOException {
    topic = "orders." + topics++;
    kafka.tools().createTopic(topic, 2);
    parent = hdfs.newFolder();
    root = new Path(parent, "out");
  }

  /** The command that loads. */
  protected abstract InProcess.Main main();

  /** Runs it. */
  protected final InProcess.Result run(String... arguments) throws Exception {
    return InProcess.run(main(), hdfs.configuration(), arguments);
  }

  /**
   * Writes {@link #schemaFile} anew.
   *
   * @param fields with single quotes
   */
  protected final void schema(String fields) throws IOException {
    String json = "{'type':'record','name':'Order','fields':[" + fields + "]}";
    Files.writeString(folder.resolve("order.avsc"), json.replace('\'', '"'));
  }

  /** What {@code --value-schema} takes. */
  protected final String schemaFile() {
    return folder.resolve("order.avsc").toString();
  }

  /**
   * Sends as many records as there are values, to a partition.
   *
   * @param values JSON with single quotes
   */
  protected final void send(int partition, String... values) throws IOException {
    kafka
        .tools()
        .send(
            new PartitionId(topic, partition),
            Codec.NONE,
            Arrays.stream(values)
                .map(value -> TestRecord.of("k", value.replace('\'', '"')))
                .toList());
  }
}
