package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
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
  @ValueSource(ints = {179, 180, 181, 206, 207, 225, 249})
  void namesOfEveryTopicFitAndCanBeReadBack(int letters) {
    String topic = "t".repeat(letters);
    for (FileFormat format : FileFormat.values()) {
      for (Codec codec : format.format().codecs()) {
        String extension = format.format().extension(codec);
        PartitionId partition = new PartitionId(topic, Integer.MAX_VALUE);
        DataFileName name =
            new DataFileName(partition, Long.MAX_VALUE - 1, Long.MAX_VALUE, extension);
        String path = PathLayout.path(name);

        assertThat(path).startsWith(topic + "/" + topic.substring(0, 160));
        assertThat(path.length() - letters - 1)
            .isLessThanOrEqualTo(PathLayout.longestName(topic))
            // With what Hadoop's local file system puts around it: .NAME.crc
            .isLessThanOrEqualTo(250);
        assertThat(PathLayout.parse(path)).contains(name);
        assertThat(PathLayout.stagedName(partition, Long.MAX_VALUE, 99_999, extension))
            .hasSizeLessThan(251);
      }
    }
  }

  @Test
  void longTopicsThatBeginAlikeHaveNamesOfTheirOwn() {
    String topic = "t".repeat(248);
    assertThat(fileName(topic + "a", 5)).isNotEqualTo(fileName(topic + "b", 5));
    assertThat(fileName(topic + "a", 9)).isLessThan(fileName(topic + "a", 10));
  }

  @Test
  void whatEarlierVersionsLandedSortsBeforeShorterNames() {
    String topic = "t".repeat(200);
    String earlier = topic + "-0-00000000000000000000-00000000000000000004.avro";
    assertThat(PathLayout.parse(topic + "/" + earlier))
        .contains(new DataFileName(new PartitionId(topic, 0), 0, 4, ".avro"));
    assertThat(earlier).isLessThan(fileName(topic, 5));
  }

  private static String fileName(String topic, long offset) {
    String path =
        PathLayout.path(new DataFileName(new PartitionId(topic, 0), offset, offset, ".avro"));
    return path.substring(topic.length() + 1);
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
