package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of {@code --summary}, on this host. */
public final class SummaryFile {
  private SummaryFile() {}

  /**
   * Checks before a run that the file can be written after it.
   *
   * @throws InvalidSettingException if it cannot; not if none is given
   */
  public static void check(Settings settings, Setting<String> setting)
      throws InvalidSettingException {
    if (!settings.isGiven(setting)) {
      return;
    }
    Path file = Path.of(settings.get(setting)).toAbsolutePath();
    String problem = null;
    if (Files.isDirectory(file)) {
      problem = file + " is a folder";
    } else if (!Files.isDirectory(file.getParent())) {
      problem = "there is no folder " + file.getParent();
    } else if (!Files.isWritable(Files.exists(file) ? file : file.getParent())) {
      problem = file + " is not writable";
    }
    if (problem != null) {
      throw new InvalidSettingException(
          "Cannot write the summary: "
              + problem
              + ". Give another "
              + setting.name()
              + " ("
              + setting.key()
              + "), a file on this host.");
    }
  }

  /**
   * Writes a summary as one line of JSON, if a file is given.
   *
   * @throws LoaderException if it cannot be written; the run itself has ended well
   */
  public static void write(Settings settings, Setting<String> setting, Object summary)
      throws LoaderException {
    if (!settings.isGiven(setting)) {
      return;
    }
    String file = settings.get(setting);
    try {
      Files.writeString(Path.of(file), Json.writeLine(summary) + "\n");
    } catch (IOException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The run has ended well, but its summary could not be written to " + file + ": " + e,
          e);
    }
  }
}
