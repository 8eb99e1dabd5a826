package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.TransactionNote;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads records of a transaction back, to tell whether it was committed. Who reads committed
 * records only sees such a record if it was. If not it must be there for others: a record that
 * nobody sees was removed, and says nothing.
 */
final class WitnessCheck {
  private static final ReadSettings READING = new ReadSettings(1 << 20, Integer.MAX_VALUE, 1);

  private final KafkaCluster cluster;
  private final RecordHash hash;
  private String reason = "it has no record whose offset is known";

  /**
   * @param hash as the one that made the witnesses
   */
  WitnessCheck(KafkaCluster cluster, RecordHash hash) {
    this.cluster = cluster;
    this.hash = hash;
  }

  /** Whether a transaction was committed. */
  enum Verdict {
    COMMITTED,
    NOT_COMMITTED,
    UNKNOWN
  }

  /** Asks one witness after the other until one knows. Waits for a transaction to be decided. */
  Verdict of(TransactionNote note) throws IOException {
    for (TransactionNote.Witness witness : note.witnesses()) {
      Verdict verdict = of(witness);
      if (verdict != Verdict.UNKNOWN) {
        return verdict;
      }
    }
    return Verdict.UNKNOWN;
  }

  /** Why nobody knows, the last time that nobody did. */
  String reason() {
    return reason;
  }

  private Verdict of(TransactionNote.Witness witness) throws IOException {
    PartitionId partition = new PartitionId(witness.topic(), witness.partition());
    OffsetRange place = new OffsetRange(partition, witness.offset(), witness.offset() + 1);
    long wanted = HexFormat.fromHexDigitsToLong(witness.hash());
    try {
      Optional<Long> seen = read(place, Isolation.READ_COMMITTED);
      if (seen.isPresent()) {
        if (seen.get() == wanted) {
          return Verdict.COMMITTED;
        }
        reason = "at " + partition + "@" + witness.offset() + " stands another record";
        return Verdict.UNKNOWN;
      }
      if (read(place, Isolation.READ_UNCOMMITTED).equals(Optional.of(wanted))) {
        return Verdict.NOT_COMMITTED;
      }
      reason = "its record at " + partition + "@" + witness.offset() + " is gone";
    } catch (KafkaUnreachableException e) {
      throw e;
    } catch (LoaderException e) {
      reason = e.getMessage();
    }
    return Verdict.UNKNOWN;
  }

  private Optional<Long> read(OffsetRange place, Isolation isolation) throws IOException {
    try (RangeReader reader = cluster.read(place, READING.with(isolation))) {
      KafkaRecord record = new KafkaRecord();
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        if (batch.next(record)) {
          return Optional.of(hash.of(record));
        }
      }
      return Optional.empty();
    }
  }
}
