package io.kafkahdfs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final byte[] A = {'a'};
  private static final byte[] B = {'b'};
  private static final byte[] EMPTY = {};

  private final Fingerprint first = new Fingerprint();
  private final Fingerprint second = new Fingerprint();

  @Test
  void isTheSameForTheSameRecords() {
    for (Fingerprint fingerprint : new Fingerprint[] {first, second}) {
      fingerprint.add(0, null, A);
      fingerprint.add(1, B, null);
    }
    assertThat(first.checksum()).isEqualTo(second.checksum());
    assertThat(first.records()).isEqualTo(2);
  }

  @Test
  void tellsRecordsApartByTheirPlace() {
    first.add(0, A, B);
    second.add(1, A, B);
    assertThat(first.checksum()).isNotEqualTo(second.checksum());
  }

  @Test
  void tellsNullFromEmpty() {
    first.add(0, A, null);
    second.add(0, A, EMPTY);
    assertThat(first.checksum()).isNotEqualTo(second.checksum());
  }

  @Test
  void tellsKeysFromValues() {
    first.add(0, A, EMPTY);
    second.add(0, EMPTY, A);
    assertThat(first.checksum()).isNotEqualTo(second.checksum());
  }

  @Test
  void tellsTheOrderOfRecords() {
    first.add(0, null, A);
    first.add(1, null, B);
    second.add(1, null, B);
    second.add(0, null, A);
    assertThat(first.checksum()).isNotEqualTo(second.checksum());
  }

  @Test
  void tellsARepeatedRecord() {
    first.add(0, null, A);
    second.add(0, null, A);
    String once = second.checksum();
    second.add(0, null, A);
    assertThat(first.checksum()).isEqualTo(once).isNotEqualTo(second.checksum());
  }

  @Test
  void tellsTimesAndHeadersWhereItIsGivenThem() {
    TestRecord record = new TestRecord(A, B).at(1).with(new TestHeader("h", A));
    List<TestRecord> others =
        List.of(
            record.at(2),
            record.with(),
            record.with(new TestHeader("h", null)),
            record.with(new TestHeader("g", A)),
            record.with(new TestHeader("h", A), new TestHeader("h", A)));
    first.add(0, record);
    second.add(0, record);
    assertThat(first.checksum()).isEqualTo(second.checksum());
    for (TestRecord other : others) {
      Fingerprint fingerprint = new Fingerprint();
      fingerprint.add(0, other);
      assertThat(fingerprint.checksum()).isNotEqualTo(first.checksum());
    }
  }

  @Test
  void topicsDifferInThePartitionsWhereTheyDo() {
    Fingerprints wanted = Fingerprints.ofEmpty(3);
    Fingerprints found = Fingerprints.ofEmpty(3);
    wanted.of(0).add(0, A, A);
    found.of(0).add(0, A, A);
    assertThat(wanted.differences(found)).isEmpty();
    wanted.of(1).add(0, A, A);
    wanted.of(2).add(0, A, B);
    found.of(2).add(0, B, A);
    assertThat(wanted.differences(found))
        .containsExactly(
            "Partition 1: 0 records, not 1.",
            "Partition 2: 1 records, as many as there should be, but not the same ones.");
  }
}
