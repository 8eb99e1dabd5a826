package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.BadLimit;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.write.BadRecord;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.QuarantineLayout;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.consumer.write.Wanted;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What may stand where a load keeps its state, instead of what it wrote. */
class MalformedStateTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PartitionId PARTITION = new PartitionId("events", 0);
  private static final OffsetRange RANGE = new OffsetRange(PARTITION, 10, 20);
  private static final RecordFingerprint LAST = new RecordFingerprint(18, "00c0ffee", 7, 3);
  private static final ClusterIdentity CLUSTER =
      new ClusterIdentity(Generation.MODERN, null, new TreeMap<>(Map.of("events", "id")), null);
  private static final LoadIdentity LOAD = new LoadIdentity(List.of("events"), "e.*", null, "avro");
  private static final Path FILE = new Path("/out/_kafka_to_hdfs/commits/0000000003.json");

  private static final Commit FIRST = commit(1, null, file("a-0"), 10);
  private static final Commit SECOND = commit(2, null, file("a-1"), 20);
  private static final Rollback.Move MOVE = new Rollback.Move("t/a-1", "0000000003/t/a-1", 5);

  private static final Commit ROLLBACK =
      commit(
          3,
          new ManualChange(
              "why",
              new Rollback(1, List.of(MOVE), List.of(), true, List.of(2L)),
              List.of(new ManualChange.OffsetEdit("events", 0, null, 5)),
              List.of("0000000001"),
              new Forgotten(
                  "--keep 90d", List.of(new LeavingFile("t/f", "0000000003/t/f", 7, 2, 1))),
              new Compacted("", List.of(new LeavingFile("t/g", "0000000003/t/g", 7, 2, 6))),
              new Repaired("", List.of(new LeavingFile("t/h", null, 7, 2, 6)))),
          file("a-2"),
          30);

  private static final RunPlan PLAN =
      new RunPlan(
          "run",
          1,
          "user",
          "host",
          "2026-01-01T00:00:00Z",
          List.of("broker:9092"),
          CLUSTER,
          LOAD,
          true,
          true,
          new OffsetPlan(
              List.of(
                  new PartitionPlan(
                      PARTITION, 5, 10, 20, 20, 1, "host", false, 2L, 5L, "2026-01-01T00:00:00Z")),
              List.of(new PartitionId("gone", 1)),
              FingerprintCheck.Result.NONE,
              true,
              List.of("__consumer_offsets")),
          List.of(new PlannedSplit(List.of(RANGE), List.of("host"), 10)),
          null,
          BadLimit.parse("0.5%"));

  private static final Wanted WANTED =
      new Wanted(
          7,
          List.of(
              new Wanted.Place("t/dt=1", RANGE),
              new Wanted.Place("t/dt=1", new OffsetRange(new PartitionId("events", 1), 0, 5))));

  private static final TaskManifest MANIFEST =
      new TaskManifest(
          "attempt_1",
          List.of(new RangeOutcome(RANGE, 20, new OffsetTally(6, 1, 1, 1, 1), 6, 600, LAST, 1L)),
          List.of(
              new WrittenFile(
                  "s", "t/a", List.of(new FilePart(PARTITION, 10, 19, 6)), 500, "00000000"),
              new WrittenFile(
                  "q/s",
                  "_quarantine/t/a",
                  List.of(new FilePart(PARTITION, 12, 12, 1)),
                  500,
                  "00000000",
                  true,
                  null)),
          List.of(new BadRecord(new OffsetRange(PARTITION, 12, 13), "is bad")));

  @Test
  void spoiledCommits() {
    byte[] json = Json.writeSealed(ROLLBACK);
    Cases.run(
        6_000,
        random -> {
          try {
            use(StoredCommit.parse(FILE, 3, spoil(json, random)).commit());
          } catch (LoaderException e) {
            require(e.getMessage().contains(FILE.toString()), e);
            require(!e.getMessage().contains("\n") && !e.getMessage().contains(": null"), e);
          }
        });
  }

  /** What is trusted has to do what commits do. */
  private static void use(Commit commit) {
    require(commit.base() >= 0 && commit.base() < 3, null);
    Standing standing = ProtocolRun.standing(List.of(FIRST, SECOND, commit));
    standing.filesAt(3);
    standing.trashed();
    commit.history();
    commit.load().filter().accepts("events");
    require(Duration.between(time(commit.started()), time(commit.committed())) != null, null);
    require(Json.writeSealed(commit).length > 0, null);
    require(commit.load().toString().length() > 0, null);
  }

  /** As reports take it. */
  private static Instant time(String text) {
    return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
  }

  @Test
  void spoiledPlansAndManifests() {
    byte[] plan = Json.writeSealed(PLAN);
    byte[] manifest = Json.writeSealed(MANIFEST);
    Cases.run(
        6_000,
        random -> {
          try {
            boolean spoilPlan = random.nextBoolean();
            RunPlan read = Json.readSealed(spoilPlan ? spoil(plan, random) : plan, RunPlan.class);
            TaskManifest done =
                Json.readSealed(spoilPlan ? manifest : spoil(manifest, random), TaskManifest.class);
            Commit commit =
                CommitAssembly.assemble(
                    read, List.of(done), Optional.of(FIRST), "2026-01-01T00:00:00Z");
            StoredCommit.parse(FILE, read.number(), Json.writeSealed(commit));
          } catch (MalformedJsonException | LoaderException e) {
            require(e.getMessage() != null && !e.getMessage().contains(": null"), e);
          }
        });
  }

  @Test
  void spoiledWishes() {
    byte[] wanted = Json.writeSealed(WANTED);
    Cases.run(
        3_000,
        random -> {
          try {
            Json.readSealed(spoil(wanted, random), Wanted.class).of(new QuarantineLayout());
          } catch (MalformedJsonException e) {
            require(e.getMessage() != null && !e.getMessage().contains(": null"), e);
          }
        });
  }

  @Test
  void whatCannotBeIsNamedThoughItIsSealed() throws Exception {
    refused(tree -> tree.put("number", -1), "commit -1");
    refused(tree -> tree.remove("files"), "files");
    refused(tree -> tree.putNull("partitions"), "partitions");
    refused(tree -> at(tree, "next", 0).put("offset", -1), "next[0]", "events-0: -1");
    refused(tree -> at(tree, "partitions", 0).put("from", 500), "partitions[0]", "[500, 20)");
    refused(tree -> at(tree, "partitions", 0).put("written", -6), "partitions[0]", "-6");
    refused(tree -> at(tree, "partitions", 0).put("lost", 2), "partitions[0]", "2 lost = 11");
    refused(tree -> at(tree, "partitions", 0).put("bad", "1"), "partitions[0]");
    refused(tree -> at(tree, "partitions", 0).put("bad", 1.5), "partitions[0]");
    refused(tree -> at(tree, "partitions", 0).putNull("bad"), "partitions[0]", "bad");
    refused(tree -> at(tree, "partitions", 0).remove("bad"), "partitions[0]", "bad");
    refused(tree -> at(tree, "partitions", 0).put("tally", 1), "partitions[0]", "tally");
    refused(tree -> at(tree, "partitions", 0).put("more", 1), "partitions[0]", "more");
    refused(tree -> at(tree, "files", 0).put("path", "../../x"), "files[0]", "../../x");
    refused(tree -> part(tree).put("lastOffset", 3), "files[0].parts[0]", "[10, 4)");
    refused(tree -> part(tree).remove("records"), "files[0].parts[0]", "records");
    refused(tree -> at(tree, "files", 0).remove("parts"), "files[0]", "must have parts");
    refused(tree -> at(tree, "files", 0).put("topic", "events"), "files[0]", "must have parts");
    refused(tree -> at(tree, "files", 0).putArray("parts"), "files[0]", "has no records");
    refused(tree -> at(tree, "files", 0).putNull("staged"), "files[0].staged");
    refused(tree -> twice(tree, "next"), "next has events-0 twice");
    refused(tree -> twice(tree, "files"), "files has t/a-2 twice");
    refused(tree -> ((ObjectNode) tree.at("/change/rollback")).put("to", 3), "commit 3");
    refused(tree -> ((ObjectNode) tree.at("/change/rollback")).put("to", -1), "commit -1");
    refused(tree -> tree.put("version", "x"), "version");
    refused(tree -> tree.put("committed", "yesterday"), "committed: \"yesterday\" is no time");
    refused(tree -> tree.put("started", "+999999999-12-31T23:59:59Z"), "started");
  }

  private static ObjectNode at(ObjectNode tree, String list, int index) {
    return (ObjectNode) tree.get(list).get(index);
  }

  private static ObjectNode part(ObjectNode tree) {
    return (ObjectNode) at(tree, "files", 0).get("parts").get(0);
  }

  private static void twice(ObjectNode tree, String list) {
    tree.withArray(list).add(tree.get(list).get(0).deepCopy());
  }

  private static void refused(Consumer<ObjectNode> change, String... words) throws Exception {
    ObjectNode tree = (ObjectNode) MAPPER.readTree(Json.write(ROLLBACK));
    change.accept(tree);
    assertThatThrownBy(() -> StoredCommit.parse(FILE, 3, Json.writeSealed(tree)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(FILE.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void theSamplesAreSound() throws Exception {
    assertThat(StoredCommit.parse(FILE, 3, Json.writeSealed(ROLLBACK)).commit())
        .isEqualTo(ROLLBACK);
    assertThat(Json.readSealed(Json.writeSealed(PLAN), RunPlan.class)).isEqualTo(PLAN);
    assertThat(Json.readSealed(Json.writeSealed(WANTED), Wanted.class)).isEqualTo(WANTED);
    assertThat(Json.readSealed(Json.writeSealed(MANIFEST), TaskManifest.class)).isEqualTo(MANIFEST);
  }

  /** Mostly sealed again, so that it is not the checksum that finds it. */
  private static byte[] spoil(byte[] sealed, Random random) throws Exception {
    if (random.nextInt(4) == 0) {
      return new Spoiler(random).spoil(sealed);
    }
    ObjectNode tree = (ObjectNode) MAPPER.readTree(sealed);
    tree.remove("checksum");
    byte[] open = MAPPER.writeValueAsBytes(tree);
    String spoiled = new JsonSpoiler(random).spoil(open);
    return Json.seal(spoiled);
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }

  private static LandedFile file(String name) {
    return new LandedFile(
        "s/" + name,
        "t/" + name,
        List.of(new LandedFile.Part("events", 0, 10, 19, 6)),
        500,
        "00000000");
  }

  private static Commit commit(long number, ManualChange change, LandedFile file, long next) {
    return new Commit(
        1,
        number,
        "run-" + number,
        "user",
        "host",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:01Z",
        List.of("broker:9092"),
        CLUSTER,
        LOAD,
        change,
        List.of(
            new Commit.Partition(
                "events",
                0,
                10,
                20,
                new OffsetTally(6, 1, 1, 1, 1),
                List.of(new Commit.Gap(10, 11)),
                6,
                600)),
        List.of(file),
        List.of(
            new Commit.Next(
                "events",
                0,
                next,
                next,
                100.0,
                next > 18 ? LAST : null,
                5L,
                "2026-01-01T00:00:00Z")),
        List.of(new PartitionId("gone", 1)),
        List.of(new Commit.LeftOut("events", 1, 5, 10)),
        1L,
        null,
        null);
  }
}
