package io.kafkahdfs.producer.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkahdfs.producer.commit.ProgressFile;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the first form of plans, progress and receipts wrote is read for ever. The samples among the
 * test resources were written by exports to real brokers, and are never written anew.
 */
class WrittenEarlierTest {
  private static final java.nio.file.Path SAMPLES =
      java.nio.file.Path.of("src/test/resources/written-by-form-1").toAbsolutePath();

  private Exports exports;

  @BeforeEach
  void openStore() throws IOException {
    Path samples = new Path(SAMPLES.toUri());
    FileStore store = HadoopFileStore.of(samples, new Configuration());
    exports = new Exports(store, samples);
  }

  private ExportPlan plan(String export) throws IOException {
    return exports.read(exports.folder(export).plan(), ExportPlan.class).orElseThrow();
  }

  @Test
  void theReceiptOfAnExportThatIsDone() throws IOException {
    ExportFolder folder = exports.folder("done");
    Receipt receipt = exports.read(folder.receipt(), Receipt.class).orElseThrow();

    assertEquals(10_000, receipt.records());
    assertEquals(8, receipt.inputs().size());
    assertEquals(receipt.identity(), plan("done").identity());
  }

  @Test
  void theNoteThatBrokersKeepOfASplit() throws IOException {
    ExportPlan plan = plan("killed-exactly-once");
    String text = Files.readString(SAMPLES.resolve("killed-exactly-once/note.txt"));
    SplitNote note = SplitNote.parse(text).orElseThrow();

    assertEquals(Guarantee.EXACTLY_ONCE, plan.guarantee());
    assertEquals(plan.splits().get(0).fingerprint(), note.fingerprint());
    assertEquals(7347, note.records());
    assertEquals(
        new SplitReport.Partition("slow-exactly-once", 1, 2257, null, null),
        note.partitions().get(1));
  }

  @Test
  void theProgressThatAFileKeepsOfASplit() throws IOException {
    ExportPlan plan = plan("killed-at-least-once");
    ExportFolder folder = exports.folder("killed-at-least-once");
    ProgressFile.Saved saved =
        ProgressFile.take(exports.store(), folder.round(plan), 0, "attempt").read().orElseThrow();
    SplitNote note = SplitNote.parse(saved.note()).orElseThrow();

    assertEquals(Guarantee.AT_LEAST_ONCE, plan.guarantee());
    assertEquals(plan.splits().get(0).fingerprint(), note.fingerprint());
    assertEquals(saved.done(), note.records());
    assertTrue(saved.maybeSent() >= saved.done());
  }
}
