package io.kafkahdfs.producer.verify;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.RecordHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds those records of files and target against each other whose hash falls to this pass. */
final class InputPass {
  private static final int MOST_EXAMPLES = 3;

  private final InputRecords input;
  private final TargetRecords records;
  private final int passes;
  private final int pass;
  private final boolean ordered;
  private final long maybeRepeated;
  private final Counts sum;
  private final Findings findings;
  private final RecordHash hash;
  private final Map<String, ExpectedRecords> expected = new HashMap<>();
  private final Map<PartitionId, Map<Integer, Long>> last = new HashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> disordered = new ArrayList<>();

  InputPass(
      RecordHash hash,
      InputRecords input,
      TargetRecords records,
      int passes,
      int pass,
      boolean ordered,
      long maybeRepeated,
      Counts sum,
      Findings findings) {
    this.hash = hash;
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
    tell(doubled, "records are duplicates, such as ");
    tell(disordered, "records are out of order, such as ");
  }

  /**
   * Duplicates are told, and so is an order that they explain: a stretch that was sent again may
   * have begun in another partition, behind records that follow on it.
   */
  private void tell(List<String> examples, String what) {
    if (!examples.isEmpty()) {
      (examples == disordered && sum.outOfOrder > maybeRepeated ? findings.wrong : findings.remarks)
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
          if (examples.size() < MOST_EXAMPLES && isOurs(of) && expected.get(topic).isMissing(of)) {
            examples.add(input.path(file) + ", record " + number);
          }
        });
    return examples.stream().collect(Collectors.joining("; "));
  }
}
