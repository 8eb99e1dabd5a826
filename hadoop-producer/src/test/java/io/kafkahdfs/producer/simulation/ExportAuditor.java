package io.kafkahdfs.producer.simulation;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Knows what is to be exported, looks at the topic after each change, and holds it against the
 * promises of docs/export-protocol.md. An export has one round, and one more for each receipt that
 * {@code --again} was given for.
 */
final class ExportAuditor {
  private final InMemoryCluster cluster;
  private final PartitionId partition;
  private final Exports exports;
  private final ExportFolder folder;
  private final Guarantee guarantee;
  private final List<List<String>> files;
  private final List<String> wanted;
  private int rounds;
  private int receipts;
  private long maybeRepeated;

  /**
   * @param exports on a store without faults
   * @param files the lines of the files that are exported
   */
  ExportAuditor(
      InMemoryCluster cluster,
      PartitionId partition,
      Exports exports,
      ExportFolder folder,
      Guarantee guarantee,
      List<List<String>> files) {
    this.cluster = cluster;
    this.partition = partition;
    this.exports = exports;
    this.folder = folder;
    this.guarantee = guarantee;
    this.files = files;
    this.wanted = files.stream().flatMap(List::stream).toList();
  }

  /** How many rounds are done. */
  int receipts() {
    return receipts;
  }

  /** Something in the topic may have changed. */
  void sent() {
    List<String> values = values();
    Set<String> foreign = new HashSet<>(values);
    wanted.forEach(foreign::remove);
    check(foreign.isEmpty(), "There are records that nobody exports: %s", foreign);
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      lookAtRounds(values);
    }
  }

  /** One round after the other, each record once in each, and those of a file in their order. */
  private void lookAtRounds(List<String> values) {
    int all = wanted.size();
    check(values.size() <= rounds * all, "More than %d rounds: %s", rounds, values);
    for (int from = 0; from < values.size(); from += all) {
      List<String> round = values.subList(from, Math.min(values.size(), from + all));
      check(
          new HashSet<>(round).size() == round.size(),
          "Records of one round are there twice: %s",
          values);
      for (List<String> file : files) {
        List<String> ofFile = new ArrayList<>(round);
        ofFile.retainAll(file);
        check(
            ofFile.equals(file.subList(0, ofFile.size())),
            "The records of a file are out of order, or some are missing: %s",
            values);
      }
    }
  }

  /** Something in the file store has changed. */
  void changed(Path path) throws IOException {
    if (path.equals(folder.plan())) {
      if (exports.store().entry(path).isPresent()) {
        begun();
      }
    } else if (path.equals(folder.receipt())) {
      Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
      check(receipt.isPresent(), "The receipt is gone");
      done(receipt.get());
    }
  }

  private void begun() {
    rounds++;
    check(receipts == rounds - 1, "Round %d begins, and there are %d receipts", rounds, receipts);
  }

  private void done(Receipt receipt) {
    receipts++;
    check(receipts == rounds, "Receipt %d, in round %d", receipts, rounds);
    maybeRepeated += receipt.maybeRepeated();
    sent();
    lookAtWhole();
    long sent = receipt.files().stream().mapToLong(SplitReport.File::sent).sum();
    check(sent == wanted.size(), "The receipt is wrong: %s", receipt);
    check(
        receipt.records() == wanted.size() && receipt.maybeRepeated() == 0
            || guarantee == Guarantee.AT_LEAST_ONCE
                && receipt.records() >= wanted.size()
                && receipt.records() <= wanted.size() + receipt.maybeRepeated(),
        "The receipt is wrong: %s",
        receipt);
  }

  /** Of each record there is one for each receipt, and no more others than the receipts tell. */
  private void lookAtWhole() {
    List<String> values = values();
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    for (String value : wanted) {
      int count = counts.getOrDefault(value, 0);
      check(count >= receipts, "After %d rounds %s is there %d times", receipts, value, count);
    }
    long repeated = values.size() - (long) receipts * wanted.size();
    check(
        repeated <= maybeRepeated,
        "%d records are there once more, and the receipts tell of %d: %s",
        repeated,
        maybeRepeated,
        values);
  }

  /** Looks at everything, when all is at rest and the last run has ended well. */
  void atEnd() {
    check(receipts > 0 && receipts == rounds, "%d receipts in %d rounds", receipts, rounds);
    sent();
    lookAtWhole();
  }

  /**
   * A run has ended with exit code 0.
   *
   * @param before how many receipts there were when it began
   * @param again whether it was to send all once more
   */
  void saidDone(String run, String outcome, int before, boolean again) {
    boolean sends = again || !outcome.equals("already-exported");
    check(
        receipts > (sends ? before : 0),
        "%s says %s: before it there were %d receipts, now %d",
        run,
        outcome,
        before,
        receipts);
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
