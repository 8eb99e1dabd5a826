package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody has deleted are loaded again. */
class RepairIT extends LoadFixture {
  private static final Instant BEGIN = Instant.now().minusSeconds(5 * 3600);

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

  /** Leaves every third record out. */
  public static final class Leaving
      extends Mapper<LongWritable, KafkaRecordWritable, LongWritable, KafkaRecordWritable> {
    @Override
    protected void map(LongWritable offset, KafkaRecordWritable record, Context context)
        throws IOException, InterruptedException {
      if (offset.get() % 3 > 0) {
        context.write(offset, record);
      }
    }
  }

  private void sendHours(int partition, int records, int seed) throws IOException {
    Random random = new Random(seed);
    List<TestRecord> sent = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      Instant time = BEGIN.plusMillis(random.nextInt(3 * 3_600_000));
      sent.add(TestRecord.of("k", seed + "-" + i).at(time.toEpochMilli()));
    }
    kafka.tools().send(partition(partition), Codec.NONE, sent);
  }

  private Result good(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private Result command(String... arguments) throws Exception {
    return new LoadCommand(configuration(), "--output", root.toString()).run(arguments);
  }

  private Result repair(String... arguments) throws Exception {
    return load(
        Stream.concat(Stream.of("repair"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  /** All files in place. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    collect(root, files);
    return files;
  }

  private void collect(Path folder, List<Path> files) throws IOException {
    for (FileEntry entry : landed.store().list(folder)) {
      if (entry.directory() && !entry.name().equals("_kafka_to_hdfs")) {
        collect(entry.path(), files);
      } else if (!entry.directory()) {
        files.add(entry.path());
      }
    }
  }

  /** The lines of each folder, in the order of their offsets. */
  private SortedMap<String, List<String>> content() throws IOException {
    SortedMap<String, List<String>> content = new TreeMap<>();
    for (Path file : files()) {
      String text = new String(AtomicFile.read(landed.store(), file), StandardCharsets.UTF_8);
      text.lines()
          .forEach(
              line ->
                  content
                      .computeIfAbsent(file.getParent().toString(), f -> new ArrayList<>())
                      .add(line));
    }
    content.values().forEach(lines -> lines.sort(null));
    return content;
  }

  private void delete(Path file) throws IOException {
    landed.store().delete(file);
  }

  @ParameterizedTest
  @CsvSource({"topic,partition", "topic,topic", "hourly,partition", "hourly,topic"})
  void missingFilesComeBack(String layout, String per) throws Exception {
    String[] how = {"--format", "json", "--layout", layout, "--file-per", per};
    for (int run = 0; run < 3; run++) {
      sendHours(0, 60, 2 * run);
      sendHours(1, 40, 2 * run + 1);
      good(load(how));
    }
    SortedMap<String, List<String>> before = content();
    List<Path> all = files();
    for (int i = 0; i < all.size(); i += 3) {
      delete(all.get(i));
    }
    int gone = (all.size() + 2) / 3;
    assertThat(command("verify").exitCode()).isEqualTo(1);
    SortedMap<String, List<String>> damaged = content();

    Result look = good(repair(with(how, "--dry-run")));
    assertThat(look.out()).startsWith("Would load " + gone + " missing files with ");
    assertThat(content()).isEqualTo(damaged);
    Result done = good(repair(with(how, "--why", "a careless hand")));

    assertThat(done.out()).startsWith("Loaded " + gone + " missing files").contains("by commit 4");
    assertThat(content()).isEqualTo(before);
    assertThat(good(command("verify", "--deep")).out()).contains("4 commits", "300 records");
    assertThat(good(command("history")).out()).contains("repair; missing files; a careless hand");
    assertThat(good(command("status")).out()).contains("300 records in ");
    assertThat(good(repair(how)).out()).startsWith("Nothing to repair");
    sendHours(0, 10, 9);
    good(load(how));
    assertThat(content().values().stream().mapToInt(List::size).sum()).isEqualTo(310);
    assertThat(files()).doesNotHaveDuplicates();

    // What was missing is missing again, and can come back again.
    good(command("rollback", "--to", "3"));
    assertThat(content()).isEqualTo(damaged);
    assertThat(command("verify").out()).contains("missing  ");
    good(repair(how));
    assertThat(content()).isEqualTo(before);
    good(command("verify", "--deep"));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void whatKafkaHasNoMoreStaysMissing() throws Exception {
    String[] how = {"--format", "json"};
    for (int run = 0; run < 3; run++) {
      send(0, 10 * run, 10 * run + 10);
      good(load(how));
    }
    List<Path> all = files();
    all.forEach(this::deleted);
    kafka.tools().deleteRecords(partition(0), 15);

    Result done = repair(how);

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err())
        .contains("Still missing: " + topic + "/" + all.get(0).getName())
        .contains("Still missing: " + topic + "/" + all.get(1).getName())
        .contains("Kafka begins at 15 now");
    assertThat(done.out()).startsWith("Loaded 1 missing files with 10 records");
    assertThat(content().values())
        .singleElement()
        .satisfies(lines -> assertThat(lines).hasSize(10));
    Result again = repair(how);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).startsWith("Nothing that is missing can be loaded again");
    // Who knows that forgets them.
    good(command("forget", "--missing"));
    good(repair(how));
    good(command("verify", "--deep"));
    good(command("rollback", "--to", "3"));
    assertThat(command("verify").exitCode()).isEqualTo(1);
  }

  private void deleted(Path file) {
    try {
      delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyFoldersThatAreAskedForAreRepaired() throws Exception {
    String[] how = {"--format", "json", "--layout", "{topic}/part={partition}"};
    send(0, 0, 10);
    send(1, 0, 5);
    good(load(how));
    SortedMap<String, List<String>> before = content();
    files().forEach(this::deleted);

    assertThat(good(repair(with(how, "--where", "folder.part = 1"))).out())
        .contains("Loaded 1 missing files with 5 records");
    assertThat(content().keySet()).containsExactly(new Path(root, topic + "/part=1").toString());
    good(repair(how));
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void recordsThatAreNotTheSameAreNotTakenForThem() throws Exception {
    send(0, 0, 10);
    good(load("--format", "json"));
    files().forEach(this::deleted);

    Result other = repair("--format", "json", "--mapper", Leaving.class.getName());

    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("Kafka does not have what the missing files in " + topic);
    assertThat(files()).isEmpty();
    assertThat(landed.commit().number()).isEqualTo(1);
    Result format = repair("--format", "avro");
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err()).contains("belongs to another load");
    good(load("--format", "avro", "--accept-change"));
    send(0, 10, 11);
    good(load("--format", "avro", "--accept-change"));
    Result now = repair("--format", "avro");
    assertThat(now.exitCode()).isEqualTo(1);
    assertThat(now.err()).contains("was landed by another load");
    good(repair("--format", "json", "--accept-change", "--where", "folder.x = 1"));
  }

  @Test
  void aTopicThatWasMadeAnewIsRefused() throws Exception {
    send(0, 0, 10);
    good(load("--format", "json"));
    files().forEach(this::deleted);
    kafka.tools().deleteTopic(topic);
    kafka.tools().createTopic(topic, 2);
    send(0, 20, 40);

    Result anew = repair("--format", "json");

    assertThat(anew.exitCode()).isNotZero();
    assertThat(anew.err()).contains("created again");
    assertThat(files()).isEmpty();
  }

  @Test
  void foldersOfRunsCannotComeBack() throws Exception {
    send(0, 0, 10);
    String[] how = {"--format", "json", "--layout", "hourly", "--time", "run"};
    good(load(how));
    Result refused = repair(how);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--time run", "Roll back");
  }

  @Test
  void typedFilesAndTheQuarantineComeBack(@TempDir java.nio.file.Path folder) throws Exception {
    java.nio.file.Path schema = folder.resolve("v.avsc");
    Files.writeString(
        schema,
        "{'type':'record','name':'V','fields':[{'name':'id','type':'int'}]}".replace('\'', '"'));
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(TestRecord.of("k", i % 10 == 0 ? "no JSON" : "{\"id\":" + i + "}"));
    }
    kafka.tools().send(partition(0), Codec.NONE, records);
    String[] how = {
      "--format",
      "parquet",
      "--values",
      "json",
      "--value-schema",
      schema.toString(),
      "--on-bad",
      "quarantine"
    };
    good(load(how));
    List<Path> before = files();
    assertThat(before).hasSize(2);
    java.nio.file.Path page = folder.resolve("report.html");
    before.forEach(this::deleted);

    assertThat(good(repair(how)).out()).contains("Loaded 2 missing files with 40 records");

    assertThat(files()).hasSize(2);
    good(command("report", "--html", page.toString()));
    assertThat(page).content().contains("\"repaired\":2,\"into\":2");
    assertThat(good(command("verify", "--deep")).out()).contains("2 files");
    assertThat(good(command("cat", "--limit", "100")).out().lines()).hasSize(36);
    assertThat(good(command("cat", "--quarantine", "--limit", "100")).out().lines()).hasSize(4);
    assertThat(good(command("status")).out()).contains("36 records in 1 files");
  }
}
