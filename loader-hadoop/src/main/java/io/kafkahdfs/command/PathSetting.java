package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.failure.Quoted;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads paths that settings name. What cannot be one is refused before anything is touched. */
public final class PathSetting {
  private PathSetting() {}

  /**
   * The path on a Hadoop file system that a setting names; may hold wildcards.
   *
   * @param text what was set, or one of several
   * @throws InvalidSettingException if Hadoop, or HDFS where it is meant, knows no such path
   */
  public static Path hadoop(Setting<?> setting, String text, Configuration configuration)
      throws InvalidSettingException {
    try {
      if (text.indexOf('\0') >= 0) {
        throw wrong(setting, text, "no path has a character 0");
      }
      Path path = new Path(text);
      String scheme = path.toUri().getScheme();
      if (scheme == null) {
        scheme = FileSystem.getDefaultUri(configuration).getScheme();
      }
      String names = path.toUri().getPath();
      if (!scheme.equals("file")) {
        if (names.contains(":")) {
          throw wrong(setting, text, "HDFS allows no colon in a name");
        }
        if (Arrays.asList(names.split("/")).contains("..")) {
          throw wrong(setting, text, "it leads out of the root folder");
        }
      }
      return path;
    } catch (IllegalArgumentException e) {
      throw wrong(setting, text, e.getMessage());
    }
  }

  /**
   * The path on this host that a setting names.
   *
   * @throws InvalidSettingException if the system knows no such path
   */
  public static java.nio.file.Path local(Setting<?> setting, String text)
      throws InvalidSettingException {
    try {
      return java.nio.file.Path.of(text);
    } catch (IllegalArgumentException e) {
      throw wrong(setting, text, e.getMessage());
    }
  }

  private static InvalidSettingException wrong(Setting<?> setting, String text, String why) {
    return new InvalidSettingException(
        "Wrong value "
            + Quoted.text(text)
            + " for "
            + setting.name()
            + " ("
            + setting.key()
            + "): "
            + Quoted.line(String.valueOf(why))
            + ". Set another path.");
  }
}
