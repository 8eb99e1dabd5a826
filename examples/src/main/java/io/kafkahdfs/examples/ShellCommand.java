package io.kafkahdfs.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command as a user types it.
 *
 * @param program below the checkout
 * @param options each with its value, which is empty for one without; an option takes a line of its
 *     own when it is shown
 */
record ShellCommand(String program, Map<String, String> options) {

  /**
   * What a command did.
   *
   * @param errors its standard error: its log
   */
  record Result(int exitCode, String output, String errors) {}

  /** Runs it to its end, in a process of its own. */
  Result run(Path home, Map<String, String> environment, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve(program).toString()));
    options.forEach(
        (name, value) -> command.addAll(value.isEmpty() ? List.of(name) : List.of(name, value)));
    Path errors = Files.createTempFile(folder, "command", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output, Files.readString(errors));
  }

  /** For a shell, an option a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(program);
    options.forEach(
        (name, value) -> text.append(" \\\n    " + name + (value.isEmpty() ? "" : " " + value)));
    return text.toString();
  }
}
