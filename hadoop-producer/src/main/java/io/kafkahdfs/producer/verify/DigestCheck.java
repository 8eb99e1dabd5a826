package io.kafkahdfs.producer.verify;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.RecordDigest;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.SplitReport;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the records of each partition of the target, together, against the digests of the receipt.
 * Without the files nobody can tell records of the export from those of others.
 */
final class DigestCheck {
  private DigestCheck() {}

  static Counts of(Receipt receipt, TargetRecords records, boolean withHeaders, Findings findings)
      throws IOException {
    Map<PartitionId, RecordDigest> digests = new TreeMap<>();
    Counts counts = new Counts();
    counts.outOfOrder = DeepResult.UNKNOWN;
    RecordHash hash = new RecordHash(withHeaders);
    records.read(
        (partition, record) -> {
          counts.read++;
          digests.computeIfAbsent(partition, id -> new RecordDigest()).add(hash.of(record));
        });
    long more = 0;
    for (SplitReport.Partition sent : receipt.partitions()) {
      PartitionId id = new PartitionId(sent.topic(), sent.partition());
      RecordDigest digest = digests.remove(id);
      long found = digest == null ? 0 : digest.records();
      if (found < sent.records()) {
        counts.missing += sent.records() - found;
        findings.wrong.add(
            "of "
                + sent.records()
                + " records that were sent to "
                + id
                + " only "
                + found
                + " are there");
      } else if (found > sent.records()) {
        more += found - sent.records();
      } else if (digest != null && sent.sum() != null) {
        SplitReport.Partition there = digest.partition(id.topic(), id.partition());
        if (!there.sum().equals(sent.sum())) {
          findings.wrong.add("in " + id + " stand other records than those that were sent");
        } else if (sent.chain() != null
            && receipt.maybeRepeated() == 0
            && !there.chain().equals(sent.chain())) {
          findings.wrong.add(
              "in " + id + " the records stand in another order than they were sent");
        }
      } else if (sent.sum() == null) {
        findings.remarks.add("Of " + id + " the receipt has only the number of records.");
      }
    }
    for (RecordDigest digest : digests.values()) {
      more += digest.records();
    }
    if (more > 0) {
      counts.foreign = DeepResult.UNKNOWN;
      findings.remarks.add(
          more
              + " records more are in the target than were sent: of others, or doubled. Without the"
              + " files nobody can tell, nor whether one that was sent is missing among them.");
    }
    return counts;
  }
}
