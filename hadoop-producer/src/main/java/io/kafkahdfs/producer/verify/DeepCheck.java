package io.kafkahdfs.producer.verify;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.plan.TargetNote;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the target of an export back, and holds it against the receipt and, where they still tell
 * it, the files.
 */
public final class DeepCheck {
  /** So many records of the input are held in memory at once. */
  private static final long RECORDS_AT_ONCE = 4_000_000;

  private final KafkaTarget target;
  private final Configuration configuration;
  private final boolean withHeaders;

  public DeepCheck(KafkaTarget target, Configuration configuration) throws IOException {
    this.target = target;
    this.configuration = configuration;
    this.withHeaders = !target.lostParts().contains(RecordPart.HEADERS);
  }

  /**
   * Checks one round of an export.
   *
   * @param next how the target was when the next round was planned
   */
  public DeepResult check(Receipt receipt, Optional<TargetNote> next) throws IOException {
    Findings findings = new Findings();
    if (receipt.target() == null) {
      findings.remarks.add(
          "An earlier version did not note where the topics ended: they are read whole.");
    } else {
      TargetNote now =
          TargetNote.take(
              target.cluster(),
              receipt.target().topics().stream().map(TargetNote.Topic::topic).toList());
      receipt.target().changes(now, Map.of()).forEach(findings.wrong::add);
    }
    TargetRecords records = TargetRecords.of(target.cluster(), receipt, next);
    records.gone().forEach(gone -> findings.remarks.add(gone + ": they cannot be checked."));
    Optional<String> obstacle = InputRecords.obstacle(receipt, configuration);
    Counts counts =
        obstacle.isPresent()
            ? DigestCheck.of(receipt, records, withHeaders, findings)
            : byInput(receipt, records, findings);
    return new DeepResult(
        receipt.export(),
        receipt.ended(),
        obstacle
            .map(
                why ->
                    "number and digest of the records of each partition, not each record: " + why)
            .orElse(
                "key, value and headers of each record of the files, which were read again"
                    + (counts.outOfOrder == DeepResult.UNKNOWN ? "" : ", and their order")),
        receipt.records(),
        counts.read,
        counts.missing,
        counts.doubled,
        counts.foreign,
        counts.outOfOrder,
        findings.wrong,
        findings.remarks);
  }

  private Counts byInput(Receipt receipt, TargetRecords records, Findings findings)
      throws IOException {
    Counts sum = new Counts();
    long inputs = receipt.files().stream().mapToLong(SplitReport.File::read).sum();
    int passes = (int) (inputs / RECORDS_AT_ONCE) + 1;
    InputRecords input =
        InputRecords.of(receipt, configuration, !target.lostParts().contains(RecordPart.TIMESTAMP));
    boolean ordered =
        !Boolean.parseBoolean(receipt.identity().settings().get(InputSettings.UNORDERED.key()));
    for (int pass = 0; pass < passes; pass++) {
      new InputPass(
              new RecordHash(withHeaders),
              input,
              records,
              passes,
              pass,
              ordered,
              receipt.maybeRepeated(),
              sum,
              findings)
          .run();
    }
    if (!ordered) {
      sum.outOfOrder = DeepResult.UNKNOWN;
    } else if (passes > 1) {
      findings.remarks.add(
          "The order was checked within each of " + passes + " parts of the records.");
    }
    if (sum.doubled > receipt.maybeRepeated()) {
      findings.wrong.add(
          sum.doubled
              + " records are there more often than they were to be sent; at most "
              + receipt.maybeRepeated()
              + " were to be expected");
    }
    if (sum.missing == 0) {
      for (SplitReport.Partition sent : receipt.partitions()) {
        PartitionId id = new PartitionId(sent.topic(), sent.partition());
        long found = sum.ours.getOrDefault(id, 0L);
        if (found < sent.records()) {
          findings.wrong.add(
              "of "
                  + sent.records()
                  + " records that were sent to "
                  + id
                  + " only "
                  + found
                  + " are there, the others in other partitions");
        }
      }
    }
    if (sum.foreign > 0) {
      findings.remarks.add(sum.foreign + " records in the target are none of this export.");
    }
    return sum;
  }
}
