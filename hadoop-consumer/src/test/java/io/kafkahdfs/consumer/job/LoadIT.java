package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.example.EvenUpperCaseMapper;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.consumer.report.ReportPage;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a load lands, on a real Kafka 0.9 broker and a real HDFS. */
class LoadIT extends LoadFixture {
  @TempDir Path temporary;

  @Test
  void topicsWithTheLongestNamesLandAndGoOn() throws Exception {
    for (int letters : List.of(207, 225, 249)) {
      topic = (Servers.newTopic("long") + "x".repeat(letters)).substring(0, letters);
      kafka().tools().createTopic(topic, 1);
      for (int run = 0; run < 2; run++) {
        send(0, run, run + 1);
        InProcess.Result result = load("--accept-change");
        assertThat(result.exitCode()).as(result.err()).isZero();
      }
      assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 2));
      LoadCommand text =
          new LoadCommand(
              configuration(),
              "--bootstrap-server",
              bootstrapServers(),
              "--output",
              root + "-text-" + letters);
      InProcess.Result result =
          text.run("--topic", topic, "--format", "text", "--codec", "deflate");
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
  }

  @Test
  void runsLandWhatIsNewAndNothingTwice() throws Exception {
    send(0, 0, 100);
    send(1, 0, 50);
    InProcess.Result first = load();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 100), rows(1, 0, 50)));

    send(1, 50, 70);
    assertThat(load().exitCode()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 100), rows(1, 0, 70)));
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 100L, partition(1), 70L));
    assertThat(landed.commit().number()).isEqualTo(2);

    InProcess.Result third = load();
    assertThat(third.exitCode()).isZero();
    assertThat(third.out()).contains("Nothing to do");
    assertThat(landed.commit().number()).isEqualTo(2);
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
    assertThat(landed.names()).containsExactlyInAnyOrder("_kafka_to_hdfs", topic);
  }

  @Test
  void aFirstRunWithNothingToReadLeavesNoTrace() throws Exception {
    InProcess.Result result = loadAll("--include", "there is no such topic");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.store().entry(root)).isEmpty();
  }

  @Test
  void filesSayWhatIsInThem() throws Exception {
    send(0, 0, 100);
    load("--maps", "2");
    assertThat(landed.files(topic))
        .extracting(FileEntry::name)
        .containsExactly(
            topic + "-0-00000000000000000000-00000000000000000049.avro",
            topic + "-0-00000000000000000050-00000000000000000099.avro");
  }

  @Test
  void filesAreRolledWhereTheyAreFull() throws Exception {
    send(0, 0, 100);
    load("--format", "text", "--roll-bytes", "100", "--maps", "1");
    assertThat(landed.files(topic).size()).isGreaterThan(2);
    assertThat(landed.lines(topic)).isEqualTo(rows(0, 0, 100).stream().map(Row::value).toList());
  }

  @Test
  void theSummaryAddsUp() throws Exception {
    send(0, 0, 30);
    send(1, 0, 20);
    Path file = temporary.resolve("summary.json");
    InProcess.Result result = load("--summary", file.toString());
    assertThat(result.out()).contains("Commit 1: 50 records");

    JsonNode summary = new ObjectMapper().readTree(file.toFile());
    assertThat(summary.get("outcome").asText()).isEqualTo("committed");
    assertThat(summary.get("commit").asLong()).isEqualTo(1);
    assertThat(summary.get("records").asLong()).isEqualTo(50);
    assertThat(summary.get("files").asLong()).isEqualTo(2);
    assertThat(summary.get("bytes").asLong()).isPositive();
    JsonNode partition = summary.get("partitions").get(1);
    assertThat(partition.get("topic").asText()).isEqualTo(topic);
    assertThat(partition.get("until").asLong()).isEqualTo(20);
    assertThat(partition.get("written").asLong()).isEqualTo(20);
    assertThat(partition.get("lost").asLong()).isZero();

    load("--summary", file.toString());
    summary = new ObjectMapper().readTree(file.toFile());
    assertThat(summary.get("outcome").asText()).isEqualTo("nothing-to-do");
    assertThat(summary.has("commit")).isFalse();
  }

  @Test
  void theReportCountsWhatLanded() throws Exception {
    send(0, 0, 100);
    send(1, 0, 50);
    load("--max-records", "60");
    send(1, 50, 70);
    load("--max-records", "60");
    List<FileEntry> files = landed.files(topic);

    String page = ReportPage.of(root.toString(), landed.commits(), Instant.now(), null);
    String data = page.replaceFirst("(?s).* id=\"data\">", "").replaceFirst("(?s)</script>.*", "");
    JsonNode report = new ObjectMapper().readTree(data);
    JsonNode totals = report.get("totals");
    assertThat(totals.get("commits").asInt()).isEqualTo(2);
    assertThat(totals.get("records").asInt()).isEqualTo(landed.avro(topic).size()).isEqualTo(120);
    assertThat(totals.get("files").asInt()).isEqualTo(files.size());
    assertThat(totals.get("fileBytes").asLong())
        .isEqualTo(files.stream().mapToLong(FileEntry::length).sum());
    assertThat(totals.get("lag").asInt()).isEqualTo(170 - 120);
    for (JsonNode partition : report.get("partitions")) {
      long next = landed.next().get(partition(partition.get("partition").asInt()));
      assertThat(partition.get("offset").asLong()).isEqualTo(next);
    }
  }

  static Stream<Arguments> formatsAndCodecs() {
    return Arrays.stream(FileFormat.values())
        .flatMap(
            format -> format.format().codecs().stream().map(codec -> Arguments.of(format, codec)));
  }

  @ParameterizedTest
  @MethodSource("formatsAndCodecs")
  void everyFormatAndCodecBringsBackWhatWasProduced(FileFormat format, Codec codec)
      throws Exception {
    List<TestRecord> records = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String text :
        List.of("plain", "", "Ελληνικά", "Привет", "日本語", "🚀 ascent", "x".repeat(5000))) {
      for (int i = 0; i < 40; i++) {
        values.add(text + i);
        records.add(TestRecord.of("key" + i, text + i));
      }
    }
    Servers.kafka().tools().send(partition(0), io.kafkahdfs.testkit.kafka.Codec.GZIP, records);
    InProcess.Result result = load("--format", format.id(), "--codec", codec.id());
    assertThat(result.exitCode()).as(result.err()).isZero();

    List<String> read =
        switch (format) {
          case AVRO -> landed.avro(topic).stream().map(Row::value).toList();
          case TEXT -> landed.lines(topic);
          case SEQUENCE -> landed.sequence(topic);
          case JSON -> landed.json(topic);
          case PARQUET -> landed.parquet(topic);
          case ORC -> landed.orc(topic);
        };
    assertThat(read).isEqualTo(values);
  }

  @Test
  void nullsAreKeptApartFromEmptyOnes() throws Exception {
    Servers.kafka()
        .tools()
        .send(
            partition(0),
            TestRecord.of(null, "no key"),
            TestRecord.of("no value", null),
            TestRecord.of("", ""));
    load();
    assertThat(landed.avro(topic))
        .containsExactly(
            new Row(0, 0, "null", "no key"),
            new Row(0, 1, "no value", "null"),
            new Row(0, 2, "", ""));
  }

  @Test
  void aRunCanBeginAtTheEnd() throws Exception {
    send(0, 0, 10);
    InProcess.Result first = load("--start", "latest");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(landed.files(topic)).isEmpty();

    send(0, 10, 15);
    load("--start", "latest");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 10, 15));
  }

  @Test
  void aRunCanBeginAtGivenOffsets() throws Exception {
    send(0, 0, 10);
    send(1, 0, 10);
    Path file = Files.writeString(temporary.resolve("o"), topic + ":0:7\n" + topic + ":1:10\n");
    load("--start", "offsets:" + file);
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 7, 10));
  }

  @Test
  void aRunCanBeginAtATime() throws Exception {
    send(0, 0, 10);
    // 0.9 knows the times of whole segments: before the first one all is read, after it nothing.
    load("--start", "timestamp:2001-01-01T00:00:00Z");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 10));

    prepare();
    send(0, 0, 10);
    load("--start", "timestamp:" + Instant.now().plusSeconds(3600));
    send(0, 10, 12);
    load();
    assertThat(landed.avro(topic)).endsWith(rows(0, 10, 12).toArray(Row[]::new));
  }

  @Test
  void aRunCanEndAtGivenOffsets() throws Exception {
    send(0, 0, 10);
    send(1, 0, 10);
    Path file = Files.writeString(temporary.resolve("o"), topic + ":0:7\n" + topic + ":1:0\n");
    Path summary = temporary.resolve("summary.json");
    String[] arguments = {"--end", "offsets:" + file, "--summary", summary.toString()};
    assertThat(load("--end", "offsets:" + file, "--dry-run").out())
        .contains("Left for later runs: 13 offsets");
    assertThat(load(arguments).out()).contains("Left for later runs: 13 offsets that");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 7));
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.get("complete").asBoolean()).isFalse();
    assertThat(json.get("left").asLong()).isEqualTo(13);

    InProcess.Result nothing = load(arguments);
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out()).contains("all that can be read before --end has landed already");
    assertThat(new ObjectMapper().readTree(summary.toFile()).get("left").asLong()).isEqualTo(13);

    load("--summary", summary.toString());
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 10), rows(1, 0, 10)));
    assertThat(new ObjectMapper().readTree(summary.toFile()).get("complete").asBoolean()).isTrue();
  }

  @Test
  void kafka09CannotTellWhereATimeEnds() throws Exception {
    send(0, 0, 10);
    InProcess.Result refused = load("--end", "timestamp:2100-01-01T00:00:00Z");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--end timestamp:2100-01-01T00:00:00Z", "--end offsets:");
    assertThat(landed.store().entry(root)).isEmpty();
  }

  @Test
  void recordsOfARunCanBeLimited() throws Exception {
    send(0, 0, 100);
    send(1, 0, 10);
    load("--max-records", "30");
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 20L, partition(1), 10L));
    load("--max-records", "30");
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 50L, partition(1), 10L));
    load();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 100), rows(1, 0, 10)));
  }

  @Test
  void bytesOfARunCanBeLimitedByWhatEarlierRunsSaw() throws Exception {
    send(0, 0, 10);
    load();
    double bytesPerRecord = landed.commit().next().get(0).bytesPerRecord();
    assertThat(bytesPerRecord).isEqualTo(4);

    send(0, 10, 100);
    load("--max-bytes", "40");
    assertThat(landed.next()).containsEntry(partition(0), 20L);
  }

  /** It is held back behind the first partition until its time is up, and ends there. */
  @Test
  void aLoadReadsNoFasterThanItMay() throws Exception {
    send(0, 0, 1000);
    send(1, 0, 1000);

    InProcess.Result held = load("--max-rate", "1r", "--max-duration", "10s", "--maps", "1");

    assertThat(held.exitCode()).as(held.err()).isZero();
    assertThat(landed.commit().files())
        .flatExtracting(LandedFile::parts)
        .extracting(LandedFile.Part::partition)
        .containsOnly(0);
    assertThat(load("--max-rate", "00:00=off").exitCode()).isZero();
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 1000L, partition(1), 1000L));
  }

  @Test
  void aRunThatIsOutOfTimeCommitsWhatItHasWithoutAGap() throws Exception {
    send(0, 0, 100);
    InProcess.Result late = load("--max-duration", "1ms", "--maps", "3");
    assertThat(late.exitCode()).as(late.err()).isZero();
    assertThat(late.out()).contains("Nothing to do");
    assertThat(landed.store().list(landed.state().staging())).isEmpty();

    load("--max-duration", "1h", "--maps", "3");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
  }

  @Test
  void whatRetentionRemovedStopsTheRunUnlessTheLossIsAccepted() throws Exception {
    topic = Servers.newTopic("short");
    Servers.kafka().tools().createTopic(topic, 1, 1, Map.of("segment.bytes", "2000"));
    send(0, 0, 5);
    load();
    for (int i = 5; i < 300; i += 10) {
      send(0, i, Math.min(300, i + 10));
    }
    long first = Servers.kafka().tools().removeBefore(partition(0), 200);
    assertThat(first).isGreaterThan(5);

    InProcess.Result refused = load();
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err())
        .contains(topic + "-0 [5, " + first + ")")
        .contains("--on-missing skip");
    assertThat(landed.commit().number()).isEqualTo(1);

    InProcess.Result accepted = load("--on-missing", "skip");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 5), rows(0, (int) first, 300)));
    Commit.Partition partition = landed.commit().partitions().get(0);
    assertThat(partition.tally().lost()).isEqualTo(first - 5);
    assertThat(partition.removed()).containsExactly(new Commit.Gap(5, first));
  }

  @Test
  void whatCompactionRemovedIsNoLoss() throws Exception {
    topic = Servers.newTopic("compacted");
    Servers.kafka()
        .tools()
        .createTopic(
            topic,
            1,
            1,
            Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", "2000",
                "min.cleanable.dirty.ratio", "0.01"));
    for (int i = 0; i < 400; i++) {
      Servers.kafka().tools().send(partition(0), TestRecord.of("k" + i % 3, "v" + i));
    }
    Servers.kafka().tools().awaitCompaction(partition(0));
    List<Long> left = Servers.kafka().tools().offsets(partition(0));
    assertThat(left.size()).isLessThan(400);

    InProcess.Result result = load("--maps", "3");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.avro(topic)).extracting(Row::offset).containsExactlyElementsOf(left);
    Commit.Partition partition = landed.commit().partitions().get(0);
    assertThat(partition.until()).isEqualTo(400);
    assertThat(partition.tally().invisible()).isEqualTo(400 - left.size());
  }

  @Test
  void topicsThatAppearLaterArePickedUpAndOnesThatVanishAreReported() throws Exception {
    String family = Servers.newTopic("family");
    Servers.kafka().tools().createTopic(family + ".a", 1);
    topic = family + ".a";
    send(0, 0, 5);
    String pattern = family.replace(".", "\\.") + "\\..*";
    loadAll("--include", pattern);

    Servers.kafka().tools().createTopic(family + ".b", 1);
    Servers.kafka().tools().createTopic(family + ".not", 1);
    topic = family + ".not";
    send(0, 0, 5);
    topic = family + ".b";
    send(0, 0, 7);
    InProcess.Result changed = loadAll("--include", pattern, "--exclude", ".*\\.not");
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("belongs to another load").contains("--accept-change");
    loadAll("--include", pattern, "--exclude", ".*\\.not", "--accept-change");

    assertThat(landed.next())
        .isEqualTo(Map.of(new PartitionId(family + ".a", 0), 5L, partition(0), 7L));
    assertThat(landed.names())
        .contains(family + ".a", family + ".b")
        .doesNotContain(family + ".not");
  }

  @Test
  void aDryRunShowsThePlanAndChangesNothing() throws Exception {
    send(0, 0, 1000);
    send(1, 0, 500);
    InProcess.Result result = load("--dry-run", "--maps", "3");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("estimated bytes")
        .containsPattern(topic + " +0 +0 +500 +500 +500000 +0\n")
        .containsPattern(topic + " +0 +500 +1000 +500 +500000 +1\n")
        .containsPattern(topic + " +1 +0 +500 +500 +500000 +2\n")
        .contains("1,500 records");
    assertThat(landed.store().entry(root)).isEmpty();
  }

  @Test
  void aUsersMapperFiltersAndChangesRecords() throws Exception {
    send(0, 0, 100);
    InProcess.Result result = load("--mapper", EvenUpperCaseMapper.class.getName());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.avro(topic)).hasSize(50).contains(new Row(0, 98, "k98", "V98"));
    Commit.Partition partition = landed.commit().partitions().get(0);
    assertThat(partition.tally().filtered()).isEqualTo(50);
    assertThat(partition.tally().written()).isEqualTo(50);
  }

  @Test
  void settingsCanBeGivenInEveryWay() throws Exception {
    send(0, 0, 10);
    Path file =
        Files.writeString(
            temporary.resolve("load.properties"), "load.max.records=3\nload.maps=1\n");
    load("--config", file.toString());
    assertThat(landed.next()).containsEntry(partition(0), 3L);
    load("--config", file.toString(), "--max-records", "1");
    assertThat(landed.next()).containsEntry(partition(0), 4L);
    load("-D", "load.max.records=2", "--config", file.toString());
    assertThat(landed.next()).containsEntry(partition(0), 6L);
    load("--config", file.toString(), "-Dload.max.records=1");
    assertThat(landed.next()).containsEntry(partition(0), 7L);
  }

  @Test
  void latestCountsForTheFirstRunOnly() throws Exception {
    send(0, 0, 5);
    InProcess.Result first = load("--start", "latest");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("left out").containsPattern(topic + " +0 +5 +5 .* 5\n");
    assertThat(landed.commit().leftOut()).containsExactly(new Commit.LeftOut(topic, 0, 0, 5));
    assertThat(landed.commit().next()).hasSize(2);

    kafka().tools().addPartitions(topic, 3);
    send(1, 0, 2);
    send(2, 0, 3);
    InProcess.Result second = load("--start", "latest");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).doesNotContain("left out");
    assertThat(landed.avro(topic)).isEqualTo(all(rows(1, 0, 2), rows(2, 0, 3)));
    assertThat(landed.commit().leftOut()).isNull();
  }

  @Test
  void aTopicThatIsCreatedAfterTheFirstRunLandsWhole() throws Exception {
    String later = topic + ".later";
    String[] arguments = {"--include", later, "--start", "latest"};
    InProcess.Result first = loadAll(arguments);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(landed.commit().next()).isEmpty();
    assertThat(loadAll(arguments).out()).contains("Nothing to do");

    kafka().tools().createTopic(later, 1);
    kafka().tools().send(new PartitionId(later, 0), TestRecord.of("k0", "v0"));
    InProcess.Result second = loadAll(arguments);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(landed.avro(later)).isEqualTo(rows(0, 0, 1));
  }

  @Test
  void aRollbackToBeforeTheFirstRunMakesTheNextOneTheFirst() throws Exception {
    send(0, 0, 5);
    assertThat(load("--start", "latest").exitCode()).isZero();
    assertThat(bare().run("rollback", "--output", root.toString(), "--to", "0").exitCode())
        .isZero();
    send(0, 5, 7);
    assertThat(load("--start", "latest").exitCode()).isZero();
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 7L, partition(1), 0L));
    send(0, 7, 9);
    assertThat(load("--start", "latest").exitCode()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 7, 9));
  }
}
