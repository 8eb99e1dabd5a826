package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand in the file of {@code --start offsets:FILE}. */
class MalformedOffsetsFileTest {
  private static final byte[] SAMPLE =
      "# where\nevents:0:12\nevents:1:0\n\nother.topic:17:123456789012345678\n"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private Map<PartitionId, Long> read(byte[] content) throws IOException {
    Path file = folder.resolve("offsets.txt");
    Files.write(file, content);
    return OffsetsFile.read(file.toString(), "--start");
  }

  @Test
  void spoiledFiles() {
    Cases.run(
        20_000,
        random -> {
          try {
            read(new Spoiler(random).spoil(SAMPLE))
                .forEach((partition, offset) -> require(offset >= 0, null));
          } catch (InvalidSettingException e) {
            require(e.getMessage().contains("offsets.txt"), e);
            require(e.getMessage().lines().count() == 1 && e.getMessage().length() < 1000, e);
          }
        });
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(read("\ufeffevents:0:7".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of(new PartitionId("events", 0), 7L));
  }

  @Test
  void whatIsNoFileOfOffsetsIsNamed() {
    for (String name : List.of("\0", "/dev/zero", folder.toString())) {
      assertThatThrownBy(() -> OffsetsFile.read(name, "--start"))
          .as(name)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("--start offsets:");
    }
    assertThatThrownBy(() -> read("e".repeat(5_000_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Line 1 of")
        .message()
        .hasSizeLessThan(1000);
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
