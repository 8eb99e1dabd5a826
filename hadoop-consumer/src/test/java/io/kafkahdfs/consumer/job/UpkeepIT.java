package io.kafkahdfs.consumer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at a load and change it, on what real runs have made. */
class UpkeepIT extends LoadFixture {
  private Result command(String... arguments) throws Exception {
    return new LoadCommand(configuration(), "--output", root.toString()).run(arguments);
  }

  private Result good(String... arguments) throws Exception {
    Result result = command(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return new ObjectMapper().readTree(good(all.toArray(String[]::new)).out());
  }

  /** Commits 10, then 10 and 5 more records of two partitions. */
  private void loadTwice() throws Exception {
    send(0, 0, 10);
    assertThat(load().exitCode()).isZero();
    send(0, 10, 20);
    send(1, 0, 5);
    assertThat(load().exitCode()).isZero();
  }

  @Test
  void statusTellsCommitsOffsetsAndLag() throws Exception {
    loadTwice();
    send(1, 5, 12);

    JsonNode status = json("status");
    assertThat(status.get("commits").asInt()).isEqualTo(2);
    assertThat(status.get("records").asInt()).isEqualTo(25);
    assertThat(status.get("lock").isNull()).isTrue();
    assertThat(status.get("latest").get(0).get("number").asInt()).isEqualTo(2);
    assertThat(status.get("secondsSinceCommit").asLong()).isNotNegative();
    assertThat(status.get("partitions"))
        .extracting(
            partition -> partition.get("next").asInt(),
            partition -> partition.get("end").asInt(),
            partition -> partition.get("lag").asInt())
        .containsExactly(tuple(20, 20, 0), tuple(5, 12, 7));

    String text = good("status").out();
    assertThat(text).contains("Last commit:  2", "25 records in 3 files", "Running now:  nobody");
    assertThat(text).containsPattern(topic + " +1 +5 +0 +12 +7 +0");
  }

  @Test
  void aTopicMadeAnewWithMoreRecordsIsRefusedUntilThatIsAccepted() throws Exception {
    send(0, 0, 100);
    assertThat(load().exitCode()).isZero();
    kafka().tools().deleteTopic(topic);
    kafka().tools().createTopic(topic, 2);
    send(0, 1000, 1300);

    Result anew = load();
    assertThat(anew.exitCode()).isEqualTo(1);
    assertThat(anew.err())
        .contains(topic + "-0 at offset 99 (was CRC-32C ", "deleted and created again", "--exclude")
        .contains("set-offsets --offset " + topic + ":0:100 ");
    assertThat(load("--dry-run").exitCode()).isEqualTo(1);
    Result status = command("status");
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.err()).contains("The lag is not known", topic + "-0 at offset 99");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));

    good("set-offsets", "--offset", topic + ":0:100", "--why", "the old ones are elsewhere");
    Result accepted = load();
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(accepted.out()).contains(topic + "-0 (the last commit knows no record of it)");
    assertThat(landed.next().get(partition(0))).isEqualTo(300);
    assertThat(landed.commit().next().get(0).fingerprint().offset()).isEqualTo(299);
    assertThat(load().out()).startsWith("Nothing to do");
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "topic"})
  void smallFilesBecomeLargeOnesAndComeBackWithARollback(
      String per, @TempDir java.nio.file.Path folder) throws Exception {
    loadTwice();
    send(1, 5, 8);
    assertThat(load().exitCode()).isZero();
    List<Landed.Row> before = landed.avro(topic);
    Commit last = landed.commit();

    assertThat(good("compact", "--file-per", per, "--older-than", "1h").out())
        .startsWith("Nothing to merge");
    JsonNode dry = json("compact", "--file-per", per, "--dry-run");
    assertThat(landed.commit()).isEqualTo(last);
    JsonNode done = json("compact", "--file-per", per, "--why", "many files");
    int files = per.equals("topic") ? 1 : 2;
    assertThat(done.get("into").asInt()).isEqualTo(dry.get("into").asInt()).isEqualTo(files);
    assertThat(done.get("merged").asInt()).isEqualTo(4);
    assertThat(done.get("records").asInt()).isEqualTo(28);
    assertThat(landed.avro(topic)).isEqualTo(before);
    assertThat(good("verify", "--deep").out())
        .contains("All is as the commits say: 4 commits, " + files + " files, 28 records");
    assertThat(good("status").out()).contains("28 records in " + files + " files");
    assertThat(json("history").get(3).get("what").asText()).isEqualTo("compact");
    assertThat(good("history").out())
        .containsPattern("compact; --target-bytes 268435456 --file-per " + per + "; many files");
    assertThat(good("cat", "--partition", "1", "--json").out().lines()).hasSize(8);
    java.nio.file.Path page = folder.resolve("report.html");
    good("report", "--html", page.toString());
    assertThat(page).content().contains("\"compacted\":4,\"repaired\":0,\"into\":" + files);

    send(0, 20, 23);
    assertThat(load().exitCode()).isZero();
    assertThat(landed.avro(topic)).hasSize(31);
    good("rollback", "--to", "3");
    assertThat(landed.avro(topic)).isEqualTo(before);
    assertThat(good("verify", "--deep").out()).contains("4 commits, 4 files, 28 records");
  }

  /** A reader of a file goes by the format of its commit. */
  @Test
  void filesOfAnEarlierFormatStayAsTheyAre() throws Exception {
    loadTwice();
    for (int i = 0; i < 2; i++) {
      send(0, 20 + i, 21 + i);
      assertThat(load("--format", "text", "--accept-change").exitCode()).isZero();
    }

    JsonNode merged = json("compact");
    assertThat(merged.get("merged").asInt()).isEqualTo(2);
    assertThat(merged.get("records").asInt()).isEqualTo(2);
    assertThat(good("verify", "--deep").out()).contains("4 files, 27 records");
    assertThat(good("cat", "--limit", "100").out().lines()).hasSize(27);
  }

  @Test
  void aFileThatCannotBeReadIsNamedAndStays() throws Exception {
    loadTwice();
    send(0, 20, 25);
    assertThat(load().exitCode()).isZero();
    Path damaged = landed.files(topic).get(0).path();
    overwrite(damaged, new byte[(int) landed.files(topic).get(0).length()]);

    Result result = good("compact");
    assertThat(result.out()).startsWith("Merged 2 files with 15 records");
    assertThat(result.err())
        .contains("Left alone: " + topic + "/" + damaged.getName() + " cannot be read");
    assertThat(landed.store().entry(damaged)).isPresent();
    assertThat(command("verify").exitCode()).isZero();
    assertThat(command("verify", "--deep").out()).contains(damaged.getName());
  }

  @Test
  void whatCannotBeMergedIsRefused() throws Exception {
    send(0, 0, 10);
    assertThat(load("--format", "text").exitCode()).isZero();
    Result result = command("compact", "--file-per", "topic");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--file-per topic", "format text");
    Result codec = command("compact", "--codec", "zstandard");
    assertThat(codec.exitCode()).isEqualTo(2);
    assertThat(codec.err()).contains("Format text cannot be compressed with zstandard");
  }

  @Test
  void statusWithoutKafkaTellsTheRestAndFails() throws Exception {
    loadTwice();
    Result result = command("status", "--bootstrap-server", "localhost:1", "--timeout", "1s");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out()).contains("Last commit:  2", "25 records");
    assertThat(result.err()).contains("The lag is not known", "localhost:1");
  }

  @Test
  void statusOfAnOutputWithoutALoad() throws Exception {
    Result result = command("status");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(root.toString(), "_kafka_to_hdfs", "--output");
  }

  @Test
  void statusTellsWhoIsRunningAndWhatIsUnpublished() throws Exception {
    loadTwice();
    landed.store().delete(landed.state().published(2));
    LoadLock.Owner owner = LoadLock.Owner.self("other", "somebody", "elsewhere", "today");
    try (LoadLock lock =
        LoadLock.acquire(
            landed.store(), landed.state().path(), owner, Duration.ZERO, StopSignal.NONE)) {
      assertThat(good("status").out())
          .contains("run other of somebody on elsewhere", "since today", "Unpublished:  [2]");
      for (String change : List.of("recover", "rollback --to 1", "load --topic " + topic)) {
        List<String> arguments = new ArrayList<>(List.of(change.split(" ")));
        if (change.startsWith("load")) {
          arguments.addAll(List.of("--bootstrap-server", kafka().bootstrapServers()));
        }
        Result busy = command(arguments.toArray(String[]::new));
        assertThat(busy.exitCode()).as(change).isEqualTo(3);
        assertThat(busy.err()).contains("other of somebody on elsewhere", "--wait");
        arguments.addAll(List.of("--wait", "10ms"));
        assertThat(command(arguments.toArray(String[]::new)).err())
            .contains("has not ended within");
      }
    }
    assertThat(good("recover").out()).contains("Published commits [2]");
    assertThat(good("recover").out()).contains("nothing to recover");
  }

  @Test
  void recoverRemovesWhatADeadRunLeft() throws Exception {
    loadTwice();
    RunFolder dead = landed.state().run("dead");
    dead.create(landed.store());
    assertThat(json("recover").get("removed").get(0).asText()).isEqualTo("dead");
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }

  @Test
  void planShowsWhatARunWouldDo() throws Exception {
    loadTwice();
    send(0, 20, 23);
    String[] plan = {"plan", "--bootstrap-server", kafka().bootstrapServers(), "--topic", topic};
    assertThat(good(plan).out()).contains("Planned: 3 records");
    JsonNode json = json(plan);
    assertThat(json.get("number").asInt()).isEqualTo(3);
    assertThat(json.get("offsets").get("partitions").get(0).get("readFrom").asInt()).isEqualTo(20);
    assertThat(landed.commit().number()).isEqualTo(2);
  }

  @Test
  void rollbackTakesFilesAndOffsetsBackAndCanBeUndone() throws Exception {
    loadTwice();
    assertThat(good("rollback", "--to", "1", "--dry-run").out())
        .contains("Would go back to commit 1", "2 files into the trash");
    assertThat(landed.commit().number()).isEqualTo(2);

    assertThat(good("rollback", "--to", "1", "--why", "bad upload").out())
        .contains("Went back to commit 1, by commit 3", topic + "-0 resumes at 10");
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 10));
    assertThat(good("status").out()).contains("Trash:        2 files", "bad upload");

    load();
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 20), rows(1, 0, 5)));

    good("rollback", "--to", "2");
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 20), rows(1, 0, 5)));
    assertThat(load().out()).contains("Nothing to do");

    JsonNode history = json("history");
    assertThat(history)
        .extracting(entry -> entry.get("what").asText() + " " + entry.get("stands").asBoolean())
        .containsExactly("load true", "load true", "rollback false", "load false", "rollback true");
    assertThat(good("history", "--last", "2").out())
        .doesNotContain("bad upload")
        .contains("rolled back", "rollback to 2");

    assertThat(good("rollback", "--purge").out()).contains("The trash is empty");
    assertThat(good("status").out()).doesNotContain("Trash:");
    Result purged = command("rollback", "--to", "4");
    assertThat(purged.exitCode()).isEqualTo(1);
    assertThat(purged.err()).contains("Commit 4 cannot come back");
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 20), rows(1, 0, 5)));
  }

  @Test
  void aRollbackThatIsOnlyShownChangesNothing() throws Exception {
    loadTwice();
    RunFolder dead = landed.state().run("dead");
    dead.create(landed.store());
    landed.store().delete(landed.state().published(2));
    LoadLock.Owner owner = LoadLock.Owner.self("other", "somebody", "elsewhere", "today");
    try (LoadLock lock =
        LoadLock.acquire(
            landed.store(), landed.state().path(), owner, Duration.ZERO, StopSignal.NONE)) {
      assertThat(good("rollback", "--to", "1", "--dry-run").out()).contains("Would go back");
    }
    assertThat(landed.store().entry(dead.path())).isPresent();
    assertThat(landed.store().entry(landed.state().published(2))).isEmpty();
    assertThat(command("rollback", "--purge", "--dry-run").err()).contains("--to COMMIT");
  }

  @Test
  void offsetsThatAreSetArePassedOver() throws Exception {
    loadTwice();
    send(0, 20, 30);
    assertThat(good("set-offsets", "--offset", topic + ":0:25", "--why", "poison").out())
        .containsPattern(topic + " +0 +20 +25");
    load();
    assertThat(landed.avro(topic))
        .isEqualTo(all(all(rows(0, 0, 20), rows(0, 25, 30)), rows(1, 0, 5)));
    assertThat(good("history").out()).contains("set-offsets; poison");

    Result again = command("set-offsets", "--offset", topic + ":0:3", "--why", "again");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("landed up to offset 29", "rollback", "replay");
    Result beyond = command("set-offsets", "--offset", topic + ":0:31", "--why", "more");
    assertThat(beyond.err()).contains(topic + "-0 [0, 30)", "31");
    assertThat(command("set-offsets", "--offset", topic + ":9:1", "--why", "x").err())
        .contains("no partition " + topic + "-9");
    assertThat(command("set-offsets", "--offset", topic + ":0:29").err()).contains("--why");
    assertThat(landed.commit().number()).isEqualTo(4);
  }

  @Test
  void aReplayLandsARangeElsewhere() throws Exception {
    loadTwice();
    Path elsewhere = new Path(newFolder(), "replay");
    Result result = replay(elsewhere, "0", "5", "15");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).get("records").asInt()).isEqualTo(10);
    assertThat(new Landed(configuration(), elsewhere).avro(topic)).isEqualTo(rows(0, 5, 15));
    assertThat(landed.commit().number()).isEqualTo(2);

    assertThat(replay(elsewhere, "0", "5", "15").err()).contains("not empty", "--output");
    Path none = new Path(newFolder(), "none");
    assertThat(replay(none, "0", "5", "21").err()).contains(topic + "-0 ends at 20", "--until");
    assertThat(replay(none, "7", "5", "15").err()).contains("no partition " + topic + "-7");
    assertThat(replay(none, "0", "15", "5").err()).contains("--until 5", "--from 15");
    assertThat(landed.store().entry(none)).isEmpty();
  }

  private Result replay(Path output, String partition, String from, String until) throws Exception {
    return bare()
        .run(
            "replay",
            "--json",
            "--bootstrap-server",
            kafka().bootstrapServers(),
            "--topic",
            topic,
            "--partition",
            partition,
            "--from",
            from,
            "--until",
            until,
            "--output",
            output.toString());
  }

  @Test
  void verifyFindsAllAsItShouldBe() throws Exception {
    loadTwice();
    assertThat(good("verify", "--deep").out())
        .contains("All is as the commits say: 2 commits, 3 files, 25 records", "each file read");
    good("rollback", "--to", "1");
    load();
    send(0, 20, 30);
    good("set-offsets", "--offset", topic + ":0:25", "--why", "poison");
    load();
    JsonNode verified = json("verify", "--deep");
    assertThat(verified.get("findings")).isEmpty();
    assertThat(verified.get("records").asInt()).isEqualTo(30);
    assertThat(good("verify", "--commit", "1").out()).contains("1 commits, 1 files, 10 records");
    assertThat(command("verify", "--commit", "2").err()).contains("Commit 2 was rolled back");
    assertThat(command("verify", "--commit", "9").err()).contains("no commit 9", "the last one is");
  }

  @Test
  void verifyReadsAllFilesInParts() throws Exception {
    loadTwice();
    long read = 0;
    for (String share : List.of("1/2", "2/2")) {
      JsonNode part = json("verify", "--deep", share);
      assertThat(part.get("files").asInt()).isEqualTo(3);
      assertThat(part.get("share").asText()).isEqualTo(share);
      read += part.get("filesRead").asLong();
    }
    assertThat(read).isEqualTo(3);
    // The share that has no file claims nothing.
    long parts = 999_999;
    assertThat(good("verify", "--deep", "1/" + parts).out())
        .contains("3 files, 25 records", "of which 0 files with 0 B were read (1/" + parts + ")")
        .doesNotContain("each file read");
    assertThat(good("verify", "--deep", "--commit", "1").out()).contains("each file read");
    assertThat(command("verify", "--deep", "5/4").err()).contains("--deep", "5/4", "3/30");
  }

  @ParameterizedTest
  @CsvSource({
    "text,none",
    "text,gzip",
    "text,bzip2",
    "sequence,none",
    "sequence,snappy",
    "json,none",
    "json,gzip",
    "avro,zstandard",
    "parquet,zstandard",
    "orc,snappy"
  })
  void verifyReadsEveryFormat(String format, String codec) throws Exception {
    send(0, 0, 1000);
    load("--format", format, "--codec", codec);
    assertThat(good("verify", "--deep").out()).contains("1 files, 1,000 records");
    Path file = landed.files(topic).get(0).path();
    byte[] content = AtomicFile.read(landed.store(), file);
    content[content.length / 2] ^= 1;
    overwrite(file, content);
    assertThat(good("verify").out()).contains("All is as the commits say");
    Result deep = command("verify", "--deep");
    assertThat(deep.exitCode()).isEqualTo(1);
    assertThat(deep.out()).contains("changed", file.getName(), "checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "json", "text", "sequence", "parquet", "orc"})
  void partitionsOfATopicCanShareAFile(String format) throws Exception {
    topic = Servers.newTopic("wide");
    Servers.kafka().tools().createTopic(topic, 12);
    for (int partition = 0; partition < 12; partition++) {
      send(partition, 0, partition == 5 ? 60 : 3);
    }
    assertThat(load("--format", format, "--file-per", "topic", "--maps", "2").exitCode()).isZero();
    // The partition that was cut between the tasks has a file of its own in the second one.
    assertThat(landed.files(topic)).hasSizeBetween(2, 3);
    send(0, 3, 5);
    send(11, 3, 5);
    send(5, 60, 200);
    load("--format", format, "--file-per", "topic", "--maps", "2");
    if (format.equals("avro")) {
      Map<Integer, List<Long>> offsets =
          landed.avro(topic).stream()
              .collect(groupingBy(Landed.Row::partition, mapping(Landed.Row::offset, toList())));
      assertThat(offsets.values()).allSatisfy(each -> assertThat(each).isSorted());
      assertThat(offsets.get(5)).hasSize(200);
    }
    send(1, 3, 5);
    load("--format", format);

    assertThat(good("verify", "--deep").out()).contains("3 commits", "239 records");
    assertThat(json("status").get("records").asInt()).isEqualTo(239);
    good("rollback", "--to", "1");
    assertThat(good("verify", "--deep").out()).contains("2 commits", "93 records");
    load("--format", format, "--file-per", "topic");
    assertThat(good("verify", "--deep").out()).contains("3 commits", "239 records");
    if (format.equals("avro")) {
      assertThat(landed.avro(topic)).hasSize(239).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "json", "parquet", "orc"})
  void catPrintsLandedRecords(String format) throws Exception {
    send(0, 0, 10);
    send(1, 0, 5);
    load("--format", format, "--file-per", "topic");
    send(0, 10, 12);
    load("--format", format, "--file-per", "topic");

    assertThat(good("cat").out().lines()).hasSize(10);
    assertThat(good("cat", "--limit", "100").out().lines()).hasSize(17);
    assertThat(good("cat", "--partition", "1", "--from", "3").out())
        .isEqualTo(topic + "-1@3\t-\tk3\tv3\n" + topic + "-1@4\t-\tk4\tv4\n");
    assertThat(good("cat", "--partition", "0", "--from", "9", "--until", "11").out().lines())
        .extracting(line -> line.split("\t")[0])
        .containsExactly(topic + "-0@9", topic + "-0@10");
    assertThat(good("cat", "--topic", "other").out()).isEmpty();
    JsonNode first = new ObjectMapper().readTree(good("cat", "--json", "--limit", "1").out());
    assertThat(first.get("offset").asLong()).isZero();
    assertThat(first.get("value").asText()).isEqualTo("v0");
    assertThat(good("cat", "--where", "offset >= 9 and value ~ ^v1", "-f", "%p/%o=%s;").out())
        .isEqualTo("0/10=v10;0/11=v11;");
    assertThat(command("cat", "--where", "size > 3").err()).contains("--where", "no condition");
  }

  @Test
  void catSaysWhatAFormatDoesNotTell() throws Exception {
    send(0, 0, 3);
    load("--format", "text");
    assertThat(good("cat").out()).isEqualTo("null\tv0\nnull\tv1\nnull\tv2\n");
    assertThat(command("cat", "--from", "1").err()).contains("--from", "text");
    assertThat(good("cat", "--json", "--limit", "1").out())
        .isEqualTo("{\"key\":null,\"value\":\"v0\",\"headers\":[]}\n");
  }

  @Test
  void verifyNamesWhatIsWrong() throws Exception {
    loadTwice();
    List<Path> files = landed.files(topic).stream().map(file -> file.path()).toList();
    landed.store().delete(files.get(0));
    overwrite(files.get(1), new byte[] {1, 2, 3});
    overwrite(new Path(files.get(2).getParent(), "by-hand.avro"), new byte[] {1});
    landed.store().delete(landed.state().published(2));

    Result result = command("verify");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("missing +1 +" + topic + "/" + files.get(0).getName() + " +offsets 0 to 9")
        .containsPattern("changed +2 +" + topic + "/" + files.get(1).getName() + " +it has 3 bytes")
        .containsPattern("foreign +- +" + topic + "/by-hand.avro")
        .containsPattern("unpublished +2")
        .contains("Not as it should be: 4");
  }

  @Test
  void whatIsForgottenIsNotMissedAndGoesWithThePurge() throws Exception {
    String layout = "{topic}/part={partition}";
    send(0, 0, 10);
    send(1, 0, 5);
    assertThat(load("--layout", layout).exitCode()).isZero();
    assertThat(good("cat", "--where", "folder.part = 1", "-f", "%p@%o;").out())
        .isEqualTo("1@0;1@1;1@2;1@3;1@4;");

    String[] choice = {"--where", "folder.part = 1"};
    assertThat(good("forget", choice[0], choice[1], "--dry-run").out())
        .contains(topic + "/part=1/", "Would forget 1 files with 5 records");
    assertThat(json("status").get("commits").asInt()).isEqualTo(1);
    assertThat(good("forget", choice[0], choice[1], "--why", "the law").out())
        .contains("Forgot 1 files with 5 records", "by commit 2");
    assertThat(good("forget", choice[0], choice[1]).out()).startsWith("Nothing to forget");

    assertThat(good("verify", "--deep").out())
        .contains("1 files, 10 records", "1 more files were forgotten on purpose");
    assertThat(good("status").out()).contains("10 records in 1 files", "Forgotten:    1 files");
    assertThat(good("history").out()).contains("forget; --where folder.part = 1; the law");
    assertThat(json("history").get(1).get("what").asText()).isEqualTo("forget");

    assertThat(good("purge", "--older-than", "1d").out()).isEqualTo("Nothing to purge.\n");
    assertThat(good("purge", "--dry-run").out()).startsWith("Would remove 1 files");
    assertThat(json("status").get("trashedFiles").asInt()).isEqualTo(1);
    assertThat(good("purge").out()).startsWith("Removed 1 files").contains("by commit 3");
    assertThat(json("status").get("trashedFiles").asInt()).isZero();
    assertThat(command("rollback", "--to", "1").err()).contains("commit 3 has emptied it");

    send(0, 10, 12);
    assertThat(load("--layout", layout).exitCode()).isZero();
    landed.store().delete(landed.files(topic + "/part=0").get(0).path());
    assertThat(command("verify").exitCode()).isEqualTo(1);
    assertThat(good("forget", "--missing").out()).contains("(was gone already)");
    assertThat(good("verify").out()).contains("2 more files were forgotten");
  }

  @Test
  void whatWouldChangeIsShownAndNotDone() throws Exception {
    loadTwice();
    send(0, 20, 30);
    assertThat(good("set-offsets", "--offset", topic + ":0:25", "--dry-run").out())
        .containsPattern(topic + " +0 +20 +25")
        .contains("would begin there");
    assertThat(command("set-offsets", "--offset", topic + ":0:5", "--dry-run").exitCode())
        .isEqualTo(2);
    assertThat(landed.next().get(partition(0))).isEqualTo(20);

    landed.store().delete(landed.state().published(2));
    landed.store().mkdirs(landed.state().run("dead").path());
    assertThat(good("recover", "--dry-run").out())
        .contains("Would publish commits [2]", "Would remove what these runs left: [dead]");
    assertThat(json("status").get("unpublished")).hasSize(1);
    assertThat(good("recover").out()).contains("Published commits [2]", "[dead]");
    assertThat(good("recover", "--dry-run").out()).contains("nothing to recover");
  }

  @Test
  void verifyLooksAtTheLatestCommitsOnly() throws Exception {
    send(0, 0, 10);
    assertThat(load("--layout", "{topic}/part={partition}").exitCode()).isZero();
    String first = landed.commit().committed();
    send(1, 0, 5);
    assertThat(load("--layout", "{topic}/part={partition}").exitCode()).isZero();
    String second = landed.commit().committed();

    assertThat(good("verify", "--since", first).out()).contains("2 commits, 2 files, 15 records");
    assertThat(good("verify", "--since", second, "--deep").out())
        .contains("1 commits, 1 files, 5 records");
    assertThat(good("verify", "--where", "folder.part = 0", "--deep").out())
        .contains("2 commits, 1 files, 10 records");
    landed.store().delete(landed.files(topic + "/part=0").get(0).path());
    assertThat(command("verify", "--where", "folder.part = 0").exitCode()).isEqualTo(1);
    assertThat(good("verify", "--where", "folder.part = 1").out()).contains("1 files");
    assertThat(good("verify", "--since", second).out()).contains("1 commits");
    assertThat(command("verify", "--where", "offset > 3").err()).contains("folder.dt");
  }

  @Test
  void forgetNeedsAChoiceOfFiles() throws Exception {
    assertThat(command("forget").err()).contains("--keep, --before, --where or --missing");
    assertThat(command("forget", "--where", "key = x").err()).contains("folder.dt");
    assertThat(command("forget", "--before", "yesterday").err()).contains("--before", "2026-01-31");
    assertThat(command("forget", "--keep", "90").err()).contains("--keep", "unit");
  }

  @Test
  void theReportIsOneFile(@TempDir java.nio.file.Path folder) throws Exception {
    loadTwice();
    java.nio.file.Path page = folder.resolve("report.html");
    assertThat(good("report", "--html", page.toString()).out()).contains(page.toString());
    assertThat(page).content().contains("<html", topic);
    Result away =
        command(
            "report",
            "--html",
            page.toString(),
            "--bootstrap-server",
            "localhost:1",
            "--timeout",
            "1s");
    assertThat(away.exitCode()).isEqualTo(5);
    assertThat(away.err()).contains("The lag in it is that of the last run");
    assertThat(command("report").err()).contains("--html");
    assertThat(command("report", "--html", folder.resolve("none/x.html").toString()).err())
        .contains("no folder", "--html");
  }

  @Test
  void aRunTellsItsFiguresToMonitoring(@TempDir java.nio.file.Path folder) throws Exception {
    java.nio.file.Path metrics = folder.resolve("events.prom");
    send(0, 0, 10);
    send(1, 0, 10);
    load("--max-records", "12", "--metrics", metrics.toString());
    assertThat(metrics)
        .content()
        .contains(
            "kafka_to_hdfs_last_run_exit_code{name=\"events\"} 0.0",
            "kafka_to_hdfs_last_run_records{name=\"events\"} 12.0",
            "kafka_to_hdfs_lag_offsets{name=\"events\",partition=\"1\",topic=\""
                + topic
                + "\"} 4.0");

    load("--metrics", metrics.toString());
    Result nothing = load("--metrics", metrics.toString());
    assertThat(nothing.out()).contains("Nothing to do");
    assertThat(metrics)
        .content()
        .contains(
            "kafka_to_hdfs_last_run_records{name=\"events\"} 0.0",
            "kafka_to_hdfs_lag_offsets{name=\"events\",partition=\"1\",topic=\""
                + topic
                + "\"} 0.0");

    Result failed = load("--metrics", metrics.toString(), "--format", "text");
    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(metrics)
        .content()
        .contains("kafka_to_hdfs_last_run_exit_code{name=\"events\"} 2.0", "last_success");
  }

  @Test
  void wrongUsageNamesTheWayOut() throws Exception {
    assertThat(bare().run("stauts").err()).contains("stauts", "--help");
    assertThat(bare().run("--topic", "x", "status", "--output", "y").err())
        .contains("--topic", "before the command status");
    assertThat(command("rollback").err()).contains("--to", "--purge");
    assertThat(bare().run("status").err()).contains("--output");
    assertThat(command("history", "--deep").err()).contains("--deep");
    for (String subcommand :
        List.of("load", "plan", "status", "history", "rollback", "replay", "set-offsets")) {
      Result help = bare().run(subcommand, "--help");
      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).contains("kafka-to-hdfs", "--output");
    }
    assertThat(bare().run("--help").out()).contains("set-offsets", "Commands");
  }

  @Test
  void aCommitOfANewerFormStopsEveryCommand() throws Exception {
    loadTwice();
    replaceInCommit(2, "\"version\" : " + Commit.VERSION, "\"version\" : 9");
    for (String command : List.of("status", "history", "recover", "rollback --to 1")) {
      Result result = command(command.split(" "));
      assertThat(result.exitCode()).as(command).isEqualTo(1);
      assertThat(result.err()).as(command).contains("0000000002.json", "newer version");
    }
  }

  private void replaceInCommit(long number, String text, String by) throws IOException {
    Path file = landed.state().commit(number);
    String json = new String(AtomicFile.read(landed.store(), file), UTF_8);
    assertThat(json).contains(text);
    overwrite(file, json.replace(text, by).getBytes(UTF_8));
    assertThat(new CommitStore(landed.store(), landed.state()).list().last()).isEqualTo(2);
  }

  private void overwrite(Path file, byte[] content) throws IOException {
    landed.store().delete(file);
    try (OutputStream out = landed.store().create(file)) {
      out.write(content);
    }
  }
}
