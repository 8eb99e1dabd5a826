package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in folders by time and by what records say, from brokers whose records have times. */
class LayoutIT extends LoadFixture {
  private static final Instant BEGIN = Instant.now().minusSeconds(5 * 3600);
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'/dt='yyyy-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

  private static TestKafka kafka;

  @BeforeAll
  static void startKafka() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V4_4);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Override
  TestKafka kafka() {
    return kafka;
  }

  private InProcess.Result command(String... arguments) throws Exception {
    InProcess.Result result =
        new LoadCommand(configuration(), "--output", root.toString()).run(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** Records of five hours, in no order, and where they belong. */
  private Map<String, Integer> sendFiveHours(int partition, int records) throws IOException {
    Random random = new Random(partition);
    Map<String, Integer> folders = new TreeMap<>();
    List<TestRecord> sent = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      Instant time = BEGIN.plusMillis(random.nextInt(5 * 3_600_000));
      sent.add(TestRecord.of("k", "v" + i).at(time.toEpochMilli()));
      folders.merge(topic + FOLDER.format(time), 1, Integer::sum);
    }
    kafka.tools().send(partition(partition), Codec.NONE, sent);
    return folders;
  }

  /** How many records each folder below the root has, of JSON files. */
  private Map<String, Integer> landedByFolder(Path folder) throws IOException {
    Map<String, Integer> records = new TreeMap<>();
    for (FileEntry entry : landed.store().list(folder)) {
      if (entry.name().startsWith("_")) {
        continue;
      }
      if (entry.directory()) {
        records.putAll(landedByFolder(entry.path()));
      } else {
        String below = root.toUri().relativize(folder.toUri()).getPath();
        String text =
            new String(AtomicFile.read(landed.store(), entry.path()), StandardCharsets.UTF_8);
        records.merge(below, (int) text.lines().count(), Integer::sum);
      }
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "topic"})
  void recordsLandInTheHourOfTheirTime(String filePer) throws Exception {
    Map<String, Integer> expected = sendFiveHours(0, 400);
    sendFiveHours(1, 300).forEach((folder, count) -> expected.merge(folder, count, Integer::sum));
    String[] arguments = {
      "--format", "json", "--layout", "hourly", "--file-per", filePer, "--open-files", "3"
    };
    assertThat(load(arguments).exitCode()).isZero();
    assertThat(landedByFolder(root)).isEqualTo(expected);
    assertThat(command("verify", "--deep").out()).contains("700 records", "each file read");

    assertThat(commit(1).has("late")).isFalse();
    // Records that come late land where they belong, and are told.
    sendFiveHours(0, 50).forEach((folder, count) -> expected.merge(folder, count, Integer::sum));
    InProcess.Result second = load(arguments);
    assertThat(second.exitCode()).isZero();
    long late = commit(2).get("late").get("records").asLong();
    assertThat(late).isBetween(20L, 50L);
    assertThat(second.out()).contains("Late: " + late + " records");
    assertThat(command("history").out()).contains(late + " late");
    assertThat(landed.store().entry(new Path(root, commit(2).get("late").get("folder").asText())))
        .isPresent();
    assertThat(landedByFolder(root)).isEqualTo(expected);
    command("rollback", "--to", "1");
    assertThat(landedByFolder(root).values().stream().mapToInt(n -> n).sum()).isEqualTo(700);
    assertThat(load(arguments).exitCode()).isZero();
    assertThat(landedByFolder(root)).isEqualTo(expected);
    assertThat(command("verify", "--deep").out()).contains("750 records");

    JsonNode load = commit(1).get("load");
    assertThat(load.get("layout").asText())
        .isEqualTo("{topic}/dt={time:yyyy-MM-dd}/hour={time:HH} of the record, UTC");
  }

  /** By a reader that is none of ours, and that knows only Hive's rules for folders. */
  @Test
  void aWarehouseFindsColumnsAndFolders(@TempDir java.nio.file.Path folder) throws Exception {
    java.nio.file.Path schema =
        Files.writeString(
            folder.resolve("visit.avsc"),
            """
            {"type": "record", "name": "Visit", "fields": [
              {"name": "page", "type": "string"},
              {"name": "seconds", "type": ["null", "double"], "default": null}]}
            """);
    Map<String, Double> expected = new TreeMap<>();
    List<TestRecord> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Instant time = BEGIN.plusSeconds(60L * i);
      String country = i % 3 == 0 ? "c=d/e f" : "GR";
      String value = "{\"page\": \"p" + i + "\"" + (i % 5 == 0 ? "" : ", \"seconds\": " + i) + "}";
      sent.add(
          TestRecord.of("k", value)
              .at(time.toEpochMilli())
              .with(new TestHeader("country", country.getBytes(StandardCharsets.UTF_8))));
      expected.merge(
          country + " " + LocalDate.ofInstant(time, ZoneOffset.UTC),
          i % 5 == 0 ? 0.0 : i,
          Double::sum);
    }
    kafka.tools().send(partition(0), Codec.NONE, sent);

    InProcess.Result result =
        load(
            "--format",
            "parquet",
            "--values",
            "json",
            "--value-schema",
            schema.toString(),
            "--layout",
            "{topic}/country={header:country}/dt={time:yyyy-MM-dd}");

    assertThat(result.exitCode()).as(result.err()).isZero();
    FileUtil.copy(
        FileSystem.get(root.toUri(), configuration()),
        new Path(root, topic),
        FileSystem.getLocal(configuration()),
        new Path(folder.resolve("landed").toUri()),
        false,
        configuration());
    Map<String, Double> found = new TreeMap<>();
    long offsets = 0;
    try (Connection warehouse = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            warehouse
                .createStatement()
                .executeQuery(
                    """
                    SELECT country, dt::VARCHAR, sum(seconds), count(DISTINCT _kafka."offset")
                    FROM read_parquet('%s/landed/*/*/*.parquet', hive_partitioning = true)
                    WHERE page <> ''
                    GROUP BY ALL
                    """
                        .formatted(folder))) {
      while (rows.next()) {
        found.put(rows.getString(1) + " " + rows.getString(2), rows.getDouble(3));
        offsets += rows.getLong(4);
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(offsets).isEqualTo(200);
  }

  @Test
  void aDailyLoadHoldsItsDay() throws Exception {
    LocalDate first = LocalDate.ofInstant(BEGIN, ZoneOffset.UTC).minusDays(4);
    List<TestRecord> sent = new ArrayList<>();
    for (int hour = 0; hour < 72; hour++) {
      Instant time = first.atStartOfDay(ZoneOffset.UTC).plusHours(hour).toInstant();
      sent.add(TestRecord.of("k", "v" + hour).at(time.toEpochMilli()));
    }
    kafka.tools().send(partition(0), Codec.NONE, sent);
    for (int day = 1; day < 3; day++) {
      InProcess.Result result =
          load(
              "--format",
              "json",
              "--layout",
              "daily",
              "--start",
              "timestamp:" + first.plusDays(1) + "T00:00:00Z",
              "--end",
              "timestamp:" + first.plusDays(day + 1) + "T00:00:00Z");
      assertThat(result.exitCode()).as(result.err()).isZero();
      Map<String, Integer> expected = new TreeMap<>();
      for (int landed = 1; landed <= day; landed++) {
        expected.put(topic + "/dt=" + first.plusDays(landed), 24);
      }
      assertThat(landedByFolder(root)).isEqualTo(expected);
    }
  }

  @Test
  void anotherLayoutNeedsToBeAccepted() throws Exception {
    send(0, 0, 5);
    assertThat(load().exitCode()).isZero();
    send(0, 5, 9);
    InProcess.Result refused = load("--layout", "daily");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--layout {topic}/dt={time:yyyy-MM-dd}", "--accept-change");
    InProcess.Result json = load("--format", "json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.err()).contains("--format avro", "--format json", "--accept-change");
    InProcess.Result zone = load("--layout", "daily", "--time-zone", "Asia/Tokyo");
    assertThat(zone.exitCode()).isEqualTo(2);
    assertThat(load("--layout", "daily", "--accept-change").exitCode()).isZero();
    assertThat(command("verify", "--deep").out()).contains("9 records");
  }

  @Test
  void foldersMayTellOfPartitionsAndHeaders() throws Exception {
    kafka
        .tools()
        .send(
            partition(1),
            Codec.NONE,
            List.of(
                TestRecord.of("k", "a").with(new TestHeader("c", "de".getBytes())),
                TestRecord.of("k", "b"),
                TestRecord.of("k", "c").with(new TestHeader("c", "a/b".getBytes()))));
    assertThat(
            load("--format", "json", "--layout", "{topic}/p={partition}/c={header:c}").exitCode())
        .isZero();

    assertThat(landedByFolder(root))
        .isEqualTo(
            Map.of(
                topic + "/p=1/c=de", 1,
                topic + "/p=1/c=__HIVE_DEFAULT_PARTITION__", 1,
                topic + "/p=1/c=a%2Fb", 1));
    assertThat(command("verify", "--deep").out()).contains("3 records");
  }

  @Test
  void aRunsOwnTimeIsOneFolder() throws Exception {
    sendFiveHours(0, 20);
    assertThat(load("--format", "json", "--layout", "{time:yyyy}", "--time", "run").exitCode())
        .isZero();
    String year = DateTimeFormatter.ofPattern("yyyy").withZone(ZoneOffset.UTC).format(started());
    assertThat(landedByFolder(root)).isEqualTo(Map.of(year, 20));
  }

  private Instant started() throws IOException {
    return Instant.parse(commit(1).get("started").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weekly/{week}", "../{topic}", "/{topic}", "{topic}/_hidden", "{time:yyyy/MM}"})
  void wrongTemplatesAreRefusedBeforeAnythingIsDone(String template) throws Exception {
    InProcess.Result refused = load("--layout", template);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--layout " + template);
    assertThat(landed.store().entry(root)).isEmpty();
  }

  @Test
  void aTimeThatNoFolderHasIsRefused() throws Exception {
    for (String option : List.of("--time=run", "--time=field:ts", "--time-zone=Europe/Berlin")) {
      InProcess.Result refused = load("--layout", "{topic}/p={partition}", option);
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains(option.replaceAll("=.*", ""), "has no time", "daily");
    }
  }

  @Test
  void aWrongTimeZoneIsNamed() throws Exception {
    InProcess.Result refused = load("--layout", "daily", "--time-zone", "Mars/Olympus");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("Mars/Olympus", "--time-zone");
  }
}
