package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A file on this host that a command writes for its user, whole or not at all.
 *
 * @param what is in it, for messages
 * @param setting names it
 */
public record LocalFile(Path path, String what, Setting<String> setting) {
  /**
   * The file that a setting names.
   *
   * @return empty if it is not given
   * @throws InvalidSettingException if the file could not be written
   */
  public static Optional<LocalFile> of(Settings settings, Setting<String> setting, String what)
      throws InvalidSettingException {
    if (!settings.isGiven(setting)) {
      return Optional.empty();
    }
    Path path = PathSetting.local(setting, settings.get(setting));
    LocalFile file = new LocalFile(path.toAbsolutePath(), what, setting);
    file.check();
    return Optional.of(file);
  }

  private void check() throws InvalidSettingException {
    if (Files.isDirectory(path)) {
      throw unusable("it is a folder");
    }
    if (!Files.isDirectory(path.getParent())) {
      throw unusable("there is no folder " + path.getParent());
    }
    if (!Files.isWritable(path.getParent()) || Files.exists(path) && !Files.isWritable(path)) {
      throw unusable("it is not writable");
    }
  }

  /** Says why it cannot be used, and what to do. */
  InvalidSettingException unusable(String problem) {
    return new InvalidSettingException(
        "Cannot write the "
            + what
            + " to "
            + path
            + ": "
            + problem
            + ". Use another "
            + setting.name()
            + " ("
            + setting.key()
            + "), a file on this host.");
  }

  /**
   * Writes it; what was there is replaced.
   *
   * @throws LoaderException if it cannot be written; what it tells of is done
   */
  public void write(String text) throws LoaderException {
    Path draft = path.resolveSibling("." + path.getFileName() + ".draft");
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "All is done, but the " + what + " could not be written to " + path + ": " + e,
          e);
    }
  }
}
