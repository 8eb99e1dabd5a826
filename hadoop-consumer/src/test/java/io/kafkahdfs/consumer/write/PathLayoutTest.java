package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.KafkaRecord;
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
  private static final PathLayout LAYOUT = new PathLayout(FilePer.PARTITION);

  @Test
  void thePathTellsTopicPartitionAndOffsets() {
    assertThat(path("events", ".txt.gz", part("events", 12, 5, 1_000_000)))
        .isEqualTo("events/events-12-00000000000000000005-00000000000001000000.txt.gz");
  }

  @Test
  void filesThatPartitionsShareSortAsTheirRunsDo() {
    String first = FileNames.ofTopic("events", "0000000007-00009", 12, ".avro");
    assertThat(first).isEqualTo("events-0000000007-00009-00012.avro");
    assertThat(first)
        .isLessThan(FileNames.ofTopic("events", "0000000007-00010", 0, ".avro"))
        .isLessThan(FileNames.ofTopic("events", "0000000008-00000", 0, ".avro"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 167, 168, 179, 180, 206, 207, 225, 249})
  void namesOfEveryTopicFit(int letters) {
    String topic = "t".repeat(letters);
    FilePart largest = part(topic, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
    for (FileFormat format : FileFormat.values()) {
      for (Codec codec : format.format().codecs()) {
        String extension = FileNames.mark(9_999_999_999L) + format.format().extension(codec);
        for (String path :
            List.of(
                path(topic, extension, largest),
                topic + "/" + FileNames.ofTopic(topic, "9999999999-99999", 99_999, extension))) {
          assertThat(path).startsWith(topic + "/" + topic.substring(0, Math.min(letters, 150)));
          assertThat(path.length() - letters - 1)
              .isLessThanOrEqualTo(FileNames.longestName(topic))
              // With what Hadoop's local file system puts around it: .NAME.crc
              .isLessThanOrEqualTo(250);
        }
        assertThat(FileNames.staged(topic, 9_999_999, extension)).hasSizeLessThan(251);
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
    assertThat(earlier).isLessThan(fileName(topic, 5));
  }

  private static String fileName(String topic, long offset) {
    return path(topic, ".avro", part(topic, 0, offset, offset)).substring(topic.length() + 1);
  }

  @Test
  void pathsSortAsOffsetsDo() {
    assertThat(fileName("events", 9)).isLessThan(fileName("events", 10));
  }

  @Test
  void aLaneIsMadeOncePerPartitionOrTopic() {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(new PartitionId("events", 0), 1);
    Lane one = LAYOUT.lane(record, null);
    Lane shared = new PathLayout(FilePer.TOPIC).lane(record, null);
    assertThat(LAYOUT.lane(record, one)).isSameAs(one);
    record.setPosition(new PartitionId("events", 1), 1);
    assertThat(LAYOUT.lane(record, one)).isNotEqualTo(one);
    assertThat(new PathLayout(FilePer.TOPIC).lane(record, shared)).isSameAs(shared);
    record.setPosition(new PartitionId("others", 1), 1);
    assertThat(new PathLayout(FilePer.TOPIC).lane(record, shared)).isNotEqualTo(shared);
  }

  private static FilePart part(String topic, int partition, long first, long last) {
    return new FilePart(new PartitionId(topic, partition), first, last, 1);
  }

  private static String path(String topic, String extension, FilePart... parts) {
    return topic + "/" + FileNames.ofPartition(topic, List.of(parts), extension);
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
