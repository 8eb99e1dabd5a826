package io.kafkahdfs.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
}
