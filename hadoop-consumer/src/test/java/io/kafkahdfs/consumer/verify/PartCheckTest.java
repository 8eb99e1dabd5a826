package io.kafkahdfs.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartCheckTest {
  @Test
  void whatIsAsItShouldBeIsGood() {
    assertThat(all(at(0, 5), at(0, 7), at(0, 9), at(1, 0))).isEmpty();
  }

  @Test
  void recordsOfOneOffsetAreGood() {
    assertThat(all(at(0, 5), at(0, 5), at(0, 9), at(1, 0))).isEmpty();
  }

  @Test
  void aRecordOfAnotherPartitionIsFound() {
    assertThat(all(at(0, 5), at(1, 0)))
        .hasValueSatisfying(text -> assertThat(text).contains("t-0"));
    assertThat(all(at(0, 5), at(0, 7), at(0, 9), at(2, 0))).isPresent();
  }

  @Test
  void offsetsOutOfOrderAreFound() {
    assertThat(all(at(0, 6))).isPresent();
    assertThat(all(at(0, 5), at(0, 8), at(0, 7))).isPresent();
    assertThat(all(at(0, 5), at(0, 8), at(0, 10))).isPresent();
  }

  @Test
  void missingRecordsAreFound() {
    assertThat(all()).isPresent();
    assertThat(all(at(0, 5), at(0, 7), at(0, 9))).isPresent();
    assertThat(all(at(0, 5), at(0, 7), at(0, 8), at(1, 0))).isPresent();
  }

  @Test
  void tooManyRecordsAreFound() {
    assertThat(all(at(0, 5), at(0, 7), at(0, 9), at(1, 0), at(1, 0))).isPresent();
  }

  private static KafkaRecord at(int partition, long offset) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(new PartitionId("t", partition), offset);
    return record;
  }

  private Optional<String> all(KafkaRecord... records) {
    PartCheck fresh =
        new PartCheck(
            List.of(new LandedFile.Part("t", 0, 5, 9, 3), new LandedFile.Part("t", 1, 0, 0, 1)));
    for (KafkaRecord record : records) {
      Optional<String> wrong = fresh.take(record);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return fresh.end();
  }
}
