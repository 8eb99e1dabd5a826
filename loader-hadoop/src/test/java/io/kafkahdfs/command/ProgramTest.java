package io.kafkahdfs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.failure.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Setting<String> SUMMARY = CommonSettings.summary("load.");
  private static final Setting<String> METRICS = CommonSettings.metrics("load.");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Tells its name and what it was given. */
  private record Echo(String name, Setting<String> setting) implements Subcommand {
    @Override
    public SettingsCommandLine commandLine() {
      return new SettingsCommandLine(
          name, "Tells " + name + ".", List.of("loader " + name), List.of(setting), Set.of());
    }

    @Override
    public ExitCode run(Invocation invocation) {
      invocation.console().print(name + " " + invocation.settings().find(setting).orElse("none"));
      return ExitCode.DONE;
    }
  }

  private int run(String... arguments) throws Exception {
    Program program =
        new Program(
            "loader",
            List.of(new Echo("load", SUMMARY), new Echo("status", METRICS)),
            new GivenSettings(
                List.of(SUMMARY, METRICS),
                "load.",
                "kafka.",
                CommonSettings.commandConfig("load.")),
            "Try again.");
    out.reset();
    err.reset();
    return program.run(
        arguments,
        new Configuration(false),
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false));
  }

  @Test
  void theFirstCommandNeedsNoName() throws Exception {
    assertThat(run("--summary", "a")).isZero();
    assertThat(out).hasToString("load a");
    run("load", "--summary", "b");
    assertThat(out).hasToString("load b");
    run("status", "-D", "load.metrics=c");
    assertThat(out).hasToString("status c");
  }

  @Test
  void aCommandTakesOnlyItsOwnOptions() throws Exception {
    assertThat(run("status", "--summary", "a")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--summary", "--help");
  }

  @Test
  void optionsBeforeTheCommandAreNotPassedOver() throws Exception {
    assertThat(run("--summary", "a", "status")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--summary", "Put the command first");
  }

  @Test
  void helpNamesAllCommands() throws Exception {
    run("--help");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Tells load.", "status", "completion", "--summary", "Exit codes");
    run("status", "--help");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Tells status.", "--metrics")
        .doesNotContain("--summary");
  }

  @Test
  void bashCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
    run("completion");
    Path script = Files.writeString(folder.resolve("completion"), out.toString());
    assertThat(completed(script, "loader", "st")).contains("status");
    assertThat(completed(script, "loader", "status", "--m"))
        .contains("--metrics")
        .doesNotContain("--summary");
  }

  private static String completed(Path script, String... words) throws Exception {
    String typed = String.join(" ", words);
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_loader; echo \"${COMPREPLY[@]}\""
                    .formatted(script, typed, words.length - 1, typed, typed.length()))
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }
}
