package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathLayoutTest {
  @Test
  void thePathTellsTopicPartitionAndOffsets() {
    assertThat(
            PathLayout.path(
                new DataFileName(new PartitionId("events", 12), 5, 1_000_000, ".txt.gz")))
        .isEqualTo("events/events-12-00000000000000000005-00000000000001000000.txt.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events",
        "a",
        "-",
        "clicks.eu-west_1",
        "a-1-00000000000000000001-00000000000000000002.avro",
        "7-7",
        "x_.-"
      })
  void aPathCanBeReadBack(String topic) {
    for (String extension : List.of(".avro", ".txt", ".txt.bz2", ".seq")) {
      for (int partition : new int[] {0, 10, Integer.MAX_VALUE}) {
        DataFileName name =
            new DataFileName(new PartitionId(topic, partition), 0, Long.MAX_VALUE, extension);

        assertThat(PathLayout.parse(PathLayout.path(name))).contains(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "events",
        "events-0-00000000000000000000-00000000000000000001.avro",
        "other/events-0-00000000000000000000-00000000000000000001.avro",
        "x/events/events-0-00000000000000000000-00000000000000000001.avro",
        "events/events-0-0-1.avro",
        "events/events-0-00000000000000000000-00000000000000000001",
        "events/events-00-00000000000000000000-00000000000000000001.avro",
        "events/events-2147483648-00000000000000000000-00000000000000000001.avro",
        "events/events-0-00000000000000000000-99999999999999999999.avro",
        "events/events-0-00000000000000000002-00000000000000000001.avro",
        "events/.events-0-00000000000000000000-00000000000000000001.avro.crc"
      })
  void otherPathsAreNone(String path) {
    assertThat(PathLayout.parse(path)).isEmpty();
  }

  @Test
  void pathsSortAsOffsetsDo() {
    PartitionId partition = new PartitionId("events", 0);

    assertThat(PathLayout.path(new DataFileName(partition, 9, 9, ".avro")))
        .isLessThan(PathLayout.path(new DataFileName(partition, 10, 10, ".avro")));
  }

  @Test
  void topicsThatReadersWouldNotSeeAreRefused() {
    LoaderException e =
        catchThrowableOfType(
            LoaderException.class,
            () -> PathLayout.checkTopics(List.of("events", "_schemas", ".hidden", "x_.y")));

    assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_SETTING);
    assertThat(e).hasMessageStartingWith("Cannot load .hidden, _schemas: ");
    assertThat(e).hasMessageContaining("--exclude");
    assertThatCode(() -> PathLayout.checkTopics(List.of("events", "x_.y")))
        .doesNotThrowAnyException();
  }
}
