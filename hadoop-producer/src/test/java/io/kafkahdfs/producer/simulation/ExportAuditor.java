package io.kafkahdfs.producer.simulation;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Knows what is to be exported, looks at the topic after each change, and holds it against the
 * promises of docs/export-protocol.md for exactly-once.
 */
final class ExportAuditor {
  private final InMemoryCluster cluster;
  private final PartitionId partition;
  private final Exports exports;
  private final ExportFolder folder;
  private final List<List<String>> files;
  private final int wanted;
  private boolean done;

  /**
   * @param exports on a store without faults
   * @param files the lines of the files that are exported
   */
  ExportAuditor(
      InMemoryCluster cluster,
      PartitionId partition,
      Exports exports,
      ExportFolder folder,
      List<List<String>> files) {
    this.cluster = cluster;
    this.partition = partition;
    this.exports = exports;
    this.folder = folder;
    this.files = files;
    this.wanted = files.stream().mapToInt(List::size).sum();
  }

  /** Something in the topic may have changed. */
  void sent() {
    List<String> values = values();
    Set<String> once = new HashSet<>(values);
    check(once.size() == values.size(), "Records are there twice: %s", values);
    for (List<String> file : files) {
      List<String> ofFile = new ArrayList<>(values);
      ofFile.retainAll(file);
      check(
          ofFile.equals(file.subList(0, ofFile.size())),
          "The records of a file are out of order, or some are missing: %s",
          values);
      once.removeAll(ofFile);
    }
    check(once.isEmpty(), "There are records that nobody exports: %s", once);
  }

  /** Something in the file store has changed. */
  void changed(Path path) throws IOException {
    if (!path.getName().equals(folder.receipt().getName())) {
      return;
    }
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    check(receipt.isPresent(), "The receipt is gone");
    done = true;
    sent();
    check(values().size() == wanted, "There is a receipt, but only %s is there", values());
    long sent = receipt.get().files().stream().mapToLong(SplitReport.File::sent).sum();
    check(
        receipt.get().records() == wanted && sent == wanted && receipt.get().maybeRepeated() == 0,
        "The receipt is wrong: %s",
        receipt.get());
  }

  /** A run has ended with exit code 0. */
  void saidDone(String outcome) {
    check(done, "A run says %s, and there is no receipt", outcome);
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    try {
      cluster
          .tools()
          .read(
              partition,
              (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private static void check(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new AssertionError(message.formatted(values));
    }
  }
}
