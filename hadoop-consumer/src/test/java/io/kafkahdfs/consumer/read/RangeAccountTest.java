package io.kafkahdfs.consumer.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import org.junit.jupiter.api.Test;

class RangeAccountTest {
  private static final PartitionId EVENTS = new PartitionId("events", 0);
  private final RangeAccount account = new RangeAccount(new OffsetRange(EVENTS, 10, 30), false);

  private static KafkaRecord record(long offset, String value) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(EVENTS, offset);
    record.value().set(value.getBytes(UTF_8));
    return record;
  }

  private static RecordFingerprint fingerprint(long offset, String value) {
    return RecordFingerprint.of(record(offset, value));
  }

  @Test
  void everyOffsetIsCountedOnce() throws LoaderException {
    account.record(record(10, "12345"));
    account.record(record(13, "1234567"));
    account.endOfBatch(15);
    account.bad(new OffsetRange(EVENTS, 16, 18));
    account.lost(new OffsetRange(EVENTS, 18, 25));
    account.record(record(25, "1"));
    account.endOfBatch(30);

    assertThat(account.read()).isEqualTo(3);
    assertThat(account.bytes()).isEqualTo(13);
    assertThat(account.tally(2, 0)).isEqualTo(new OffsetTally(2, 1, 2, 2 + 1 + 1 + 4, 7));
    assertThat(account.position()).isEqualTo(30);
  }

  @Test
  void aRecordThatComesTwiceIsAFault() throws LoaderException {
    account.record(record(10, "12345"));
    assertThatThrownBy(() -> account.record(record(10, "1")))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("events-0@10")
        .hasMessageContaining("11 was the next one to read of events-0 [10, 30)");
  }

  @Test
  void nothingOutsideTheRangeIsCounted() {
    assertThatThrownBy(() -> account.record(record(9, "1"))).isInstanceOf(LoaderException.class);
    assertThatThrownBy(() -> account.record(record(30, "1"))).isInstanceOf(LoaderException.class);
    assertThatThrownBy(() -> account.endOfBatch(31)).isInstanceOf(LoaderException.class);
    assertThatThrownBy(() -> account.endOfBatch(9)).isInstanceOf(LoaderException.class);
  }

  @Test
  void aRecordOfAnotherPartitionIsAFault() {
    KafkaRecord other = record(10, "1");
    other.setPosition(new PartitionId("events", 1), 10);
    assertThatThrownBy(() -> account.record(other))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("events-1@10");
  }

  @Test
  void theLastRecordIsTheLastThatWasRead() throws LoaderException {
    assertThat(account.last()).isNull();
    account.record(record(10, "first"));
    account.record(record(13, "last"));
    account.bad(new OffsetRange(EVENTS, 14, 16));
    account.lost(new OffsetRange(EVENTS, 17, 25));
    account.endOfBatch(30);

    assertThat(account.last()).isEqualTo(fingerprint(13, "last"));
    assertThat(account.last()).as("once more").isEqualTo(fingerprint(13, "last"));
  }

  @Test
  void itIsTakenAsItWasReadWhateverAMapperMakesOfIt() throws LoaderException {
    KafkaRecord record = record(10, "read");
    account.record(record);
    record.value().set("made of it".getBytes(UTF_8));
    record.key().set("a key".getBytes(UTF_8));
    record.setTimestamp(7, TimestampType.CREATE_TIME);

    assertThat(account.last()).isEqualTo(fingerprint(10, "read"));
  }

  @Test
  void aRangeWithoutRecordsHasNone() throws LoaderException {
    account.bad(new OffsetRange(EVENTS, 10, 12));
    account.endOfBatch(30);

    assertThat(account.last()).isNull();
  }
}
