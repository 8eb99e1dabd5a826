package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.ProgressFile;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.RecordDigest;
import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.commit.TransactionNote;
import io.kafkahdfs.producer.commit.TransactionNotes;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.plan.TargetNote;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may stand where an export keeps its state, instead of what it wrote. */
class MalformedExportStateTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final String STARTED = "2026-01-01T00:00:00Z";
  private static final InputFile FIRST = new InputFile("/in/a", 100, 7);
  private static final InputFile SECOND = new InputFile("/in/b", 50, 8);
  private static final TargetNote TARGET =
      new TargetNote("cluster", List.of(new TargetNote.Topic("events", "id", List.of(5L, 6L))));

  private static final ExportPlan PLAN =
      new ExportPlan(
          "nightly",
          "me",
          "here",
          STARTED,
          List.of("broker:9092"),
          new ExportIdentity(List.of("/in"), new TreeMap<>(Map.of("export.format", "text"))),
          Guarantee.EXACTLY_ONCE,
          List.of("events"),
          List.of(
              new PlannedSplit(0, List.of(new FilePart(FIRST, 0, 60))),
              new PlannedSplit(
                  1, List.of(new FilePart(FIRST, 60, 40), new FilePart(SECOND, 0, 50)))),
          "nightly-00c0ffee",
          TARGET,
          List.of("/in/open"),
          "20260101T000000Z-00c0ffee");

  private static final SplitReport.Partition SENT =
      new SplitReport.Partition("events", 1, 4, "00000000000000ff", "0123456789abcdef");

  private final InMemoryFileStore store = new InMemoryFileStore();
  private final Exports exports = new Exports(store, new Path("/state"));
  private final ExportFolder folder = exports.folder("nightly");
  private final RoundFolder round = folder.round(PLAN);
  private final RoundFolder earlierRound = new RoundFolder(folder, folder.path());
  private final Path progressFile = new Path(earlierRound.progress(), "0.json");
  private final Path notes = round.notes(PLAN.transactionalId(0));

  private Path noteFile;
  private byte[] receipt;
  private byte[] progress;
  private byte[] note;

  @BeforeEach
  void write() throws IOException {
    round.create(store);
    round.createProgress(store, PLAN);
    earlierRound.createProgress(store, PLAN);
    put(folder.plan(), Json.writeSealed(PLAN));
    for (PlannedSplit split : PLAN.splits()) {
      put(round.report(split.index()), Json.writeSealed(report(split)));
    }
    String fingerprint = PLAN.splits().get(0).fingerprint();
    SplitNote account = new SplitNote(fingerprint, 4, new TreeMap<>(Map.of(0, 1L)), List.of(SENT));
    TransactionNote done =
        new TransactionNote(
            PLAN.transactionalId(0),
            3,
            "attempt_1",
            6,
            2,
            List.of(new TransactionNote.Witness("events", 1, 12, "00000000000000aa")),
            account);
    noteFile = new Path(notes, "attempt_1.1.json");
    note = Json.writeSealed(done);
    progress = Json.writeSealed(new ProgressFile.Saved(6, 8, 0, null, account));
    receipt =
        Json.writeSealed(
            Receipt.of(PLAN, new SplitReports(exports, round).all(PLAN), NOW.toString()));
    put(noteFile, note);
    put(progressFile, progress);
    put(folder.receipt(), receipt);
  }

  private static SplitReport report(PlannedSplit split) {
    return new SplitReport(
        split.index(),
        split.fingerprint(),
        "attempt_" + split.index(),
        split.parts().stream()
            .map(part -> new SplitReport.File(part.file().path(), part.start(), 6, 4, 1, 1))
            .toList(),
        List.of(SENT),
        4L * split.parts().size(),
        1);
  }

  private void put(Path file, byte[] content) throws IOException {
    store.delete(file);
    try (OutputStream out = store.create(file)) {
      out.write(content);
    }
  }

  @Test
  void spoiledPlans() {
    check(12_000, folder.plan(), Json.writeSealed(PLAN), this::usePlan);
  }

  @Test
  void spoiledReports() {
    check(
        12_000,
        round.report(1),
        Json.writeSealed(report(PLAN.splits().get(1))),
        () -> {
          List<SplitReport> reports = new SplitReports(exports, round).all(PLAN);
          // What was not sealed well could still add up to what cannot be.
          Receipt sum = Receipt.of(PLAN, reports, NOW.toString());
          require(Json.writeSealed(sum).length > 0, null);
        });
  }

  @Test
  void spoiledReceipts() {
    check(
        12_000,
        folder.receipt(),
        receipt,
        () -> {
          Receipt read = exports.read(folder.receipt(), Receipt.class).orElseThrow();
          Duration took =
              Duration.between(Instant.parse(read.started()), Instant.parse(read.ended()));
          require(took.toMillis() < Long.MAX_VALUE, null);
          read.files().forEach(file -> require(file.read() >= 0, null));
          read.partitions().forEach(RecordDigest::from);
        });
  }

  @Test
  void spoiledProgress() {
    check(
        12_000,
        progressFile,
        progress,
        () -> {
          ProgressFile.Saved saved =
              ProgressFile.take(store, earlierRound, 0, "attempt_2").read().orElseThrow();
          require(saved.done() >= 0 && saved.maybeSent() >= 0, null);
          Optional<SplitNote> account =
              saved.account() == null
                  ? SplitNote.parse(saved.note())
                  : Optional.of(saved.account());
          account.ifPresent(MalformedExportStateTest::useAccount);
        });
  }

  @Test
  void spoiledNotes() {
    check(
        12_000,
        noteFile,
        note,
        () -> {
          TransactionNotes all =
              new TransactionNotes(store, notes, PLAN.transactionalId(0), "attempt_2");
          for (TransactionNote read : all.read()) {
            useAccount(read.account());
            require(read.number() >= 0 && read.done() >= 0 && read.sent() >= 0, null);
            require(read.reference().text().length() > 0, null);
            for (TransactionNote.Witness witness : read.witnesses()) {
              PartitionId partition = new PartitionId(witness.topic(), witness.partition());
              HexFormat.fromHexDigitsToLong(witness.hash());
              new OffsetRange(partition, witness.offset(), witness.offset() + 1);
            }
          }
        });
  }

  /** What brokers keep with a consumer group's offsets: anybody can write there. */
  @Test
  void spoiledTextsOfBrokers() {
    String earlier = "1 0123456789abcdef 7347 f0:12 tevents 0:5090 1:2257 tother 0:3";
    String reference = new TransactionNote.Reference("0123456789abcdef", 3, "attempt_1").text();
    assertThat(SplitNote.parse(earlier)).isPresent();
    assertThat(TransactionNote.Reference.parse(reference)).isPresent();
    Cases.run(
        40_000,
        random -> {
          String text = new Spoiler(random).spoil(random.nextBoolean() ? earlier : reference);
          SplitNote.parse(text).ifPresent(MalformedExportStateTest::useAccount);
          TransactionNote.Reference.parse(text);
        });
  }

  @Test
  void whatCannotBeIsNamedThoughItIsSealed() throws Exception {
    refused(folder.receipt(), receipt, tree -> tree.put("ended", "soon"), "ended: \"soon\"");
    refused(folder.receipt(), receipt, tree -> tree.put("started", ""), "started");
    refused(folder.plan(), Json.writeSealed(PLAN), tree -> tree.put("export", "../x"), "export");
    refused(folder.plan(), Json.writeSealed(PLAN), tree -> tree.put("sender", "a/b"), "sender");
    refused(
        folder.receipt(),
        receipt,
        tree -> ((ObjectNode) tree.at("/partitions/0")).put("sum", "many"),
        "events-1",
        "many");
    refused(
        folder.receipt(),
        receipt,
        tree -> ((ObjectNode) tree.at("/files/0")).put("read", Long.MAX_VALUE),
        "/in/a",
        "more than can be");
  }

  private void refused(Path file, byte[] json, Consumer<ObjectNode> change, String... words)
      throws Exception {
    ObjectNode tree = open(json);
    change.accept(tree);
    put(file, Json.seal(MAPPER.writeValueAsString(tree)));
    Class<?> type = file.equals(folder.plan()) ? ExportPlan.class : Receipt.class;
    assertThatThrownBy(() -> exports.read(file, type))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void theSamplesAreSound() throws Exception {
    usePlan();
    assertThat(exports.read(folder.plan(), ExportPlan.class)).contains(PLAN);
    assertThat(exports.read(folder.receipt(), Receipt.class).orElseThrow().records()).isEqualTo(12);
    assertThat(new TransactionNotes(store, notes, PLAN.transactionalId(0), "a").read()).hasSize(1);
    assertThat(ProgressFile.take(store, earlierRound, 0, "a").read().orElseThrow().done())
        .isEqualTo(6);
  }

  private void usePlan() throws IOException {
    ExportPlan plan = exports.read(folder.plan(), ExportPlan.class).orElseThrow();
    plan.notesBeginnings(NOW);
    plan.files();
    plan.bytes();
    plan.identity().derivedId(plan.bootstrapServers());
    for (PlannedSplit split : plan.splits()) {
      split.fingerprint();
      Path noted = folder.round(plan).notes(plan.transactionalId(split.index()));
      require(noted.getParent().equals(folder.round(plan).progress()), null);
      require(noted.toString().startsWith(folder.path() + "/"), null);
    }
    if (plan.target() != null) {
      plan.target().end(new PartitionId("events", 1));
      plan.target().changes(TARGET, Map.of(new PartitionId("events", 0), 3L));
      TARGET.changes(plan.target(), Map.of());
    }
  }

  private static void useAccount(SplitNote account) {
    require(account.records() >= 0, null);
    account.partitions().forEach(RecordDigest::from);
  }

  private interface Use {
    void run() throws IOException;
  }

  /** Reads a file that was spoiled: it can be used, or it is named. */
  private void check(int count, Path file, byte[] sound, Use use) {
    Cases.run(
        count,
        random -> {
          put(file, spoil(sound, random));
          try {
            use.run();
          } catch (LoaderException e) {
            boolean says =
                e.getMessage().contains(file.getName())
                    || e.getMessage().matches("(?s).*(add up|than sent|has no report).*");
            require(says && !e.getMessage().contains(": null"), e);
          }
        });
  }

  /** Mostly sealed again, so that it is not the checksum that finds it. */
  private static byte[] spoil(byte[] sealed, Random random) throws IOException {
    return random.nextInt(4) == 0
        ? new Spoiler(random).spoil(sealed)
        : Json.seal(new JsonSpoiler(random).spoil(MAPPER.writeValueAsBytes(open(sealed))));
  }

  private static ObjectNode open(byte[] sealed) throws IOException {
    ObjectNode tree = (ObjectNode) MAPPER.readTree(sealed);
    tree.remove("checksum");
    return tree;
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
