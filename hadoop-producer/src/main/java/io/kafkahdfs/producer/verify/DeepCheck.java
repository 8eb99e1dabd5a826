package io.kafkahdfs.producer.verify;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.RecordDigest;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.plan.TargetNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the target of an export back, and holds it against the receipt and, where they still tell
 * it, the files.
 */
public final class DeepCheck {
  /** So many records of the input are held in memory at once. */
  private static final long RECORDS_AT_ONCE = 4_000_000;

  private static final int MOST_EXAMPLES = 3;

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
            ? byDigest(receipt, records, findings)
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

  private static final class Findings {
    private final List<String> wrong = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
  }

  private static final class Counts {
    private long read;
    private long missing;
    private long doubled;
    private long foreign;
    private long outOfOrder;

    /** How many records of the export are in each partition. */
    private final Map<PartitionId, Long> ours = new HashMap<>();
  }

  /** Without the files nobody can tell records of the export from those of others. */
  private Counts byDigest(Receipt receipt, TargetRecords records, Findings findings)
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

  private Counts byInput(Receipt receipt, TargetRecords records, Findings findings)
      throws IOException {
    Counts sum = new Counts();
    long inputs = receipt.files().stream().mapToLong(SplitReport.File::read).sum();
    int passes = (int) (inputs / RECORDS_AT_ONCE) + 1;
    InputRecords input =
        InputRecords.of(receipt, configuration, !target.lostParts().contains(RecordPart.TIMESTAMP));
    boolean ordered =
        !Boolean.parseBoolean(receipt.identity().settings().get(ExportSettings.UNORDERED.key()));
    for (int pass = 0; pass < passes; pass++) {
      new Pass(input, records, passes, pass, ordered, receipt.maybeRepeated(), sum, findings).run();
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

  /** Holds those records against each other whose hash falls to this pass. */
  private final class Pass {
    private final InputRecords input;
    private final TargetRecords records;
    private final int passes;
    private final int pass;
    private final boolean ordered;
    private final long maybeRepeated;
    private final Counts sum;
    private final Findings findings;
    private final RecordHash hash = new RecordHash(withHeaders);
    private final Map<String, ExpectedRecords> expected = new HashMap<>();
    private final Map<PartitionId, Map<Integer, Long>> last = new HashMap<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> disordered = new ArrayList<>();

    Pass(
        InputRecords input,
        TargetRecords records,
        int passes,
        int pass,
        boolean ordered,
        long maybeRepeated,
        Counts sum,
        Findings findings) {
      this.input = input;
      this.records = records;
      this.passes = passes;
      this.pass = pass;
      this.ordered = ordered;
      this.maybeRepeated = maybeRepeated;
      this.sum = sum;
      this.findings = findings;
    }

    void run() throws IOException {
      input.read(
          (topic, file, number, record) -> {
            long of = hash.of(record);
            if (isOurs(of)) {
              expected
                  .computeIfAbsent(topic, name -> new ExpectedRecords())
                  .expect(of, place(file, number));
            }
          });
      records.read(this::see);
      long missing = expected.values().stream().mapToLong(ExpectedRecords::missing).sum();
      if (missing > 0) {
        sum.missing += missing;
        findings.wrong.add(missing + " records are missing, such as " + missingExamples());
      }
      tell(doubled, "records are there twice, such as ");
      tell(disordered, "records are out of order, such as ");
    }

    /**
     * Duplicates are told, and so is an order that they explain: a stretch that was sent again may
     * have begun in another partition, behind records that follow on it.
     */
    private void tell(List<String> examples, String what) {
      if (!examples.isEmpty()) {
        (examples == disordered && sum.outOfOrder > maybeRepeated
                ? findings.wrong
                : findings.remarks)
            .add(what + String.join(", ", examples));
      }
    }

    private boolean isOurs(long of) {
      return Math.floorMod(of, passes) == pass;
    }

    /** Of the later of two records of a file it is larger. */
    private static long place(int file, long number) {
      return (long) file << 40 | number;
    }

    private void see(PartitionId partition, KafkaRecord record) {
      long of = hash.of(record);
      if (!isOurs(of)) {
        return;
      }
      sum.read++;
      ExpectedRecords ofTopic = expected.get(partition.topic());
      ExpectedRecords.Kind kind = ofTopic == null ? ExpectedRecords.Kind.FOREIGN : ofTopic.see(of);
      if (kind != ExpectedRecords.Kind.FOREIGN) {
        sum.ours.merge(partition, 1L, Long::sum);
      }
      switch (kind) {
        case FIRST -> checkOrder(partition, record, ofTopic.place(of));
        case ONE_OF_SEVERAL -> {}
        case DOUBLED -> {
          sum.doubled++;
          example(doubled, record);
        }
        case FOREIGN -> sum.foreign++;
      }
    }

    private void checkOrder(PartitionId partition, KafkaRecord record, long place) {
      if (!ordered) {
        return;
      }
      Map<Integer, Long> files = last.computeIfAbsent(partition, id -> new HashMap<>());
      int file = (int) (place >>> 40);
      if (files.merge(file, place, Math::max) > place) {
        sum.outOfOrder++;
        example(disordered, record);
      }
    }

    private static void example(List<String> examples, KafkaRecord record) {
      if (examples.size() < MOST_EXAMPLES) {
        examples.add(record.toString());
      }
    }

    private String missingExamples() throws IOException {
      List<String> examples = new ArrayList<>();
      input.read(
          (topic, file, number, record) -> {
            long of = hash.of(record);
            if (examples.size() < MOST_EXAMPLES
                && isOurs(of)
                && expected.get(topic).isMissing(of)) {
              examples.add(input.path(file) + ", record " + number);
            }
          });
      return examples.stream().collect(Collectors.joining("; "));
    }
  }
}
