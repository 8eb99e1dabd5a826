package io.kafkahdfs.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityTableTest {
  @TempDir Path folder;

  /** A row's cells are checked by the contract of its broker; this finds rows without one. */
  @Test
  void hasARowForEachBrokerAndForNoOther() throws IOException {
    List<String> tested = new ArrayList<>();
    for (KafkaVersion version : KafkaVersion.values()) {
      tested.add(version.release());
    }
    assertThat(CompatibilityTable.of(Path.of("../docs/compatibility.md")).brokers())
        .containsAll(tested)
        .isSubsetOf(tested);
  }

  @Test
  void contradictsWhatWasNotSeen() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("table.md"),
            """
            | broker | client | headers | zstd |
            |---|---|---|---|
            | 1 | modern | yes | - |
            """);
    CompatibilityTable table = CompatibilityTable.of(file);
    table.check("1", "modern", Map.of("headers", true));
    table.check("1", "modern", Map.of("zstd", false));
    assertThatThrownBy(() -> table.check("1", "modern", Map.of("headers", false)))
        .hasMessageContaining("Kafka 1");
    assertThatThrownBy(() -> table.check("1", "modern", Map.of("zstd", true)))
        .hasMessageContaining("zstd");
    assertThatThrownBy(() -> table.check("2", "modern", Map.of("headers", true)))
        .hasMessageContaining("Kafka 2");
    assertThatThrownBy(() -> table.check("1", "modern", Map.of("newest", true)))
        .hasMessageContaining("newest");
  }
}
