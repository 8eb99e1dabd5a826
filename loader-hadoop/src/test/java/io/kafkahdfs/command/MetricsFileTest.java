package io.kafkahdfs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  private static final Setting<String> SETTING = CommonSettings.metrics("load.");

  @TempDir Path folder;

  private Optional<MetricsFile> metrics(String name) throws InvalidSettingException {
    Map<String, String> given = Map.of(SETTING.key(), folder.resolve(name).toString());
    return MetricsFile.of(Settings.read(List.of(SETTING), given::get), SETTING, "loader");
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @Test
  void aGoodRunTellsItsFigures() throws Exception {
    MetricsFile.around(
        metrics("events.prom"),
        figures -> {
          figures.add("lag", "How far behind", 3, "topic", "a\"b", "partition", "0");
          figures.add("lag", "How far behind", 4, "topic", "c", "partition", "1");
          return ExitCode.DONE;
        });
    assertThat(lines("events.prom"))
        .contains(
            "loader_lag{name=\"events\",partition=\"0\",topic=\"a\\\"b\"} 3.0",
            "loader_lag{name=\"events\",partition=\"1\",topic=\"c\"} 4.0",
            "loader_last_run_exit_code{name=\"events\"} 0.0")
        .anySatisfy(line -> assertThat(line).startsWith("loader_last_success_timestamp_seconds{"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("events.prom"));
    }
  }

  @Test
  void aFailedRunTellsItsExitCodeAndWhenItWasWellLast() throws Exception {
    Files.writeString(
        folder.resolve("events.prom"),
        "loader_last_success_timestamp_seconds{name=\"events\"} 1.7E9\n");
    assertThatThrownBy(
            () ->
                MetricsFile.around(
                    metrics("events.prom"),
                    figures -> {
                      throw new LoaderException(ExitCode.DATA_LOST, "gone");
                    }))
        .hasMessage("gone");
    assertThat(lines("events.prom"))
        .contains(
            "loader_last_run_exit_code{name=\"events\"} 4.0",
            "loader_last_success_timestamp_seconds{name=\"events\"} 1.7E9");
  }

  @Test
  void withoutAFileNothingIsWritten() throws Exception {
    assertThat(MetricsFile.around(Optional.empty(), figures -> ExitCode.DONE))
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBefore() {
    assertThatThrownBy(() -> metrics("events.txt"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(".prom")
        .hasMessageContaining("--metrics");
    assertThatThrownBy(() -> metrics("none/events.prom")).hasMessageContaining("no folder");
  }
}
