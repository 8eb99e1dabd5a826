package io.kafkahdfs.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workflows and coordinators of {@code conf/oozie}, in Oozie, on real servers. */
class OozieIT {
  /** Oozie does not let a coordinator run more often. */
  private static final int MINUTES = 5;

  @TempDir static Path temporary;
  private static Release release;
  private static TestOozie oozie;
  private static FileSystem hdfs;

  private String topic;

  @BeforeAll
  static void start() throws Exception {
    release = Release.unpack(temporary);
    oozie = TestOozie.start(Servers.hadoop(), Files.createDirectory(temporary.resolve("oozie")));
    hdfs = Servers.hadoop().root().getFileSystem(Servers.hadoop().configuration());
  }

  @ParameterizedTest
  @CsvSource({"workflow, oozie-workflow-1.0", "coordinator, oozie-coordinator-0.5"})
  void areWhatOoziesSchemasSay(String file, String schema) throws Exception {
    Source[] sources =
        Stream.of("oozie-common-1.0", schema)
            .map(name -> OozieClient.class.getResource("/" + name + ".xsd").toString())
            .map(StreamSource::new)
            .toArray(Source[]::new);
    var validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(sources)
            .newValidator();
    for (String application : List.of("kafka-to-hdfs", "hdfs-to-kafka")) {
      validator.validate(new StreamSource(sample(application, file + ".xml").toFile()));
    }
  }

  @Test
  void eachRunLandsWhatIsNewAndNothingTwice() throws Exception {
    topic = Servers.newTopic("views");
    Servers.kafka().tools().createTopic(topic, 1);
    String output = Servers.hadoop().root() + topic;
    send(0, 10);
    Properties job =
        install(
            "kafka-to-hdfs",
            """
            load.bootstrap.server=%s
            load.topic=%s
            load.output=%s
            load.format=text
            """
                .formatted(Servers.kafka().bootstrapServers(), topic, output),
            3);
    job.setProperty("doneFolder", "/done/" + topic);

    String id = oozie.runCoordinator(job);
    oozie.awaitSucceeded(id, 1);
    assertThat(landed(output)).isEqualTo(values(0, 10));
    send(10, 30);
    oozie.awaitSucceeded(id, 3);

    // The second run may have planned before they were all there; the third has not.
    assertThat(landed(output)).isEqualTo(values(0, 30));
    FileStatus[] done = hdfs.listStatus(new org.apache.hadoop.fs.Path("/done/" + topic));
    assertThat(done).hasSize(3);
    for (FileStatus run : done) {
      assertThat(run.getPath().getName()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d");
      assertThat(hdfs.exists(new org.apache.hadoop.fs.Path(run.getPath(), "_SUCCESS"))).isTrue();
    }
    assertThat(mapReduceJobs())
        .filteredOn(application -> application.getName().contains(topic))
        .hasSizeGreaterThan(1)
        // By these Oozie finds them when it kills a run.
        .allSatisfy(application -> assertThat(application.getApplicationTags()).isNotEmpty());
  }

  private static List<ApplicationReport> mapReduceJobs() throws Exception {
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(Servers.hadoop().configuration());
      yarn.start();
      return yarn.getApplications(Set.of("MAPREDUCE"));
    }
  }

  @Test
  void aFailedRunFailsItsActionAndMarksNothing() throws Exception {
    topic = Servers.newTopic("missing");
    Properties job =
        install(
            "kafka-to-hdfs",
            "load.bootstrap.server=127.0.0.1:1\nload.timeout=1s\nload.topic=%s\nload.output=/%s\n"
                .formatted(topic, topic),
            1);
    job.setProperty("doneFolder", "/done/" + topic);
    job.setProperty("retries", "0");

    WorkflowJob workflow = oozie.awaitEnd(oozie.runCoordinator(job));

    assertThat(workflow.getStatus()).isEqualTo(WorkflowJob.Status.KILLED);
    WorkflowAction load =
        workflow.getActions().stream()
            .filter(action -> action.getName().equals("load"))
            .findFirst()
            .orElseThrow();
    assertThat(load.getErrorMessage()).contains("exit code [5]");
    assertThat(hdfs.exists(new org.apache.hadoop.fs.Path("/done/" + topic))).isFalse();
  }

  @Test
  void eachFolderThatIsCompleteIsExportedOnce() throws Exception {
    topic = Servers.newTopic("scores");
    Servers.kafka().tools().createTopic(topic, 1);
    Properties job =
        install(
            "hdfs-to-kafka",
            """
            export.bootstrap.server=%s
            export.topic=%s
            export.format=text
            """
                .formatted(Servers.kafka().bootstrapServers(), topic),
            2);
    job.setProperty("inputFolder", "/in/" + topic);
    Instant start = Instant.parse(job.getProperty("start").replace("Z", ":00Z"));
    complete(start, "one\ntwo\n");

    String id = oozie.runCoordinator(job);
    oozie.awaitSucceeded(id, 1);

    assertThat(exported()).containsExactly("one", "two");
    // The second folder is not there.
    assertThat(oozie.actions(id))
        .containsExactly(CoordinatorAction.Status.SUCCEEDED, CoordinatorAction.Status.WAITING);
  }

  /** The values of all records that consumers of committed records see in the topic. */
  private List<String> exported() throws IOException {
    List<String> values = new ArrayList<>();
    PartitionId partition = new PartitionId(topic, 0);
    ClusterSettings settings =
        new ClusterSettings(
            List.of(Servers.kafka().bootstrapServers()), Duration.ofSeconds(60), Map.of());
    try (KafkaCluster cluster = KafkaClusters.connect(settings);
        RangeReader reader =
            cluster.read(
                cluster.describe(TopicFilter.of(topic)).readable().get(partition),
                new ReadSettings(1 << 20, 1 << 26, 1))) {
      KafkaRecord record = new KafkaRecord();
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        while (batch.next(record)) {
          values.add(record.value().toString());
        }
      }
    }
    return values;
  }

  private void complete(Instant time, String lines) throws IOException {
    String name = time.toString().substring(0, 16).replace(':', '-');
    var folder = new org.apache.hadoop.fs.Path("/in/" + topic + "/" + name);
    try (var out = hdfs.create(new org.apache.hadoop.fs.Path(folder, "part-0"))) {
      out.write(lines.getBytes(UTF_8));
    }
    hdfs.create(new org.apache.hadoop.fs.Path(folder, "_SUCCESS")).close();
  }

  private static Path sample(String application, String file) {
    return release.folder().resolve("conf/oozie").resolve(application).resolve(file);
  }

  /**
   * Puts an application onto HDFS as docs/operations.md says.
   *
   * @param settings the command's own
   * @param runs how many runs are due
   * @return the sample job.properties, with what is other here
   */
  private Properties install(String application, String settings, int runs) throws IOException {
    String folder = Servers.hadoop().root() + "apps/" + topic;
    var path = new org.apache.hadoop.fs.Path(folder);
    for (String file : List.of("workflow.xml", "coordinator.xml")) {
      put(sample(application, file), new org.apache.hadoop.fs.Path(path, file));
    }
    put(
        release.folder().resolve("lib").resolve(application + ".jar"),
        new org.apache.hadoop.fs.Path(path, "lib/" + application + ".jar"));
    try (var out = hdfs.create(new org.apache.hadoop.fs.Path(path, application + ".properties"))) {
      out.write(settings.getBytes(UTF_8));
    }

    Properties job = new Properties();
    try (Reader reader = Files.newBufferedReader(sample(application, "job.properties"))) {
      job.load(reader);
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    job.setProperty("nameNode", Servers.hadoop().uri().toString());
    job.setProperty(
        "resourceManager", Servers.hadoop().configuration().get("yarn.resourcemanager.address"));
    job.setProperty("name", topic);
    job.setProperty("application", "${nameNode}/apps/" + topic);
    job.setProperty("frequency", String.valueOf(MINUTES));
    job.setProperty("start", minute(now.minus((long) runs * MINUTES, ChronoUnit.MINUTES)));
    job.setProperty("end", minute(now));
    job.setProperty("javaHome", System.getProperty("java.home"));
    return job;
  }

  private static String minute(Instant time) {
    return time.toString().substring(0, 16) + "Z";
  }

  private static void put(Path from, org.apache.hadoop.fs.Path to) throws IOException {
    hdfs.copyFromLocalFile(new org.apache.hadoop.fs.Path(from.toUri()), to);
  }

  private void send(int from, int until) throws IOException {
    TestRecord[] records =
        values(from, until).stream()
            .map(value -> TestRecord.of(null, value))
            .toArray(TestRecord[]::new);
    Servers.kafka().tools().send(new PartitionId(topic, 0), records);
  }

  private static List<String> values(int from, int until) {
    return IntStream.range(from, until).mapToObj(i -> "v" + i).toList();
  }

  /** The lines of all files, in the order of their offsets. */
  private List<String> landed(String output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileStatus file : hdfs.listStatus(new org.apache.hadoop.fs.Path(output, topic))) {
      try (var in = hdfs.open(file.getPath())) {
        new String(in.readAllBytes(), UTF_8).lines().forEach(lines::add);
      }
    }
    return lines;
  }
}
