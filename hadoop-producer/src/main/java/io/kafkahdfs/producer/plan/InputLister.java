package io.kafkahdfs.producer.plan;

import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.config.InputSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/** Finds the files that the inputs mean, and tells whether they have changed since. */
public final class InputLister {
  private final Configuration configuration;

  public InputLister(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The inputs with their file system and without relative parts. */
  public List<String> qualified(List<String> inputs) throws IOException {
    List<String> qualified = new ArrayList<>();
    for (String input : inputs) {
      Path path = path(input);
      qualified.add(fileSystem(path).makeQualified(path).toString());
    }
    return qualified;
  }

  /**
   * All files that the inputs mean, by path, each once. Names below a folder that begin with _ or a
   * dot, or end in ._COPYING_, are passed over, as are those that a glob finds without writing that
   * out; an input itself may be called so.
   *
   * @throws LoaderException if an input means nothing at all, or may not be read
   */
  public InputListing list(List<String> inputs) throws IOException {
    Found all = new Found(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    for (String input : inputs) {
      Path path = path(input);
      FileSystem fileSystem = fileSystem(path);
      try {
        FileStatus[] found = fileSystem.globStatus(path);
        if (found == null || found.length == 0) {
          throw new InvalidSettingException(
              "There is no such input: " + input + " (--input). Use files, folders or globs.");
        }
        int passedOver = 0;
        for (FileStatus status : found) {
          if (HiddenNames.isPassedOver(fileSystem.makeQualified(path), status.getPath())) {
            all.hidden.add(status.getPath().toString());
            passedOver++;
          } else {
            add(fileSystem, status, all);
          }
        }
        if (passedOver == found.length) {
          throw new InvalidSettingException(
              "--input "
                  + input
                  + " finds only names that begin with _ or a dot, or end in ._COPYING_, such as "
                  + found[0].getPath()
                  + ". These are passed over unless the input writes them out, as in _*.");
        }
      } catch (AccessControlException e) {
        throw new LoaderException(
            ExitCode.HDFS_UNUSABLE,
            "The input " + input + " may not be read: " + firstLine(e.getMessage()),
            e);
      }
    }
    return new InputListing(
        List.copyOf(all.files.values()), List.copyOf(all.open), List.copyOf(all.hidden));
  }

  private record Found(Map<String, InputFile> files, Set<String> open, Set<String> hidden) {}

  private void add(FileSystem fileSystem, FileStatus status, Found all) throws IOException {
    if (status.isFile()) {
      if (OpenFiles.isOpen(status, configuration)) {
        all.open.add(status.getPath().toString());
      } else {
        all.files.put(status.getPath().toString(), inputFile(status));
      }
      return;
    }
    // With locations: on HDFS they tell what is still being written.
    RemoteIterator<LocatedFileStatus> children = fileSystem.listLocatedStatus(status.getPath());
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (HiddenNames.isHidden(child.getPath().getName())) {
        all.hidden.add(child.getPath().toString());
      } else {
        add(fileSystem, child, all);
      }
    }
  }

  private static InputFile inputFile(FileStatus status) {
    return new InputFile(
        status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  /**
   * Holds files against what was planned.
   *
   * @throws LoaderException naming those that have changed or are gone
   */
  public void checkUnchanged(Collection<InputFile> planned) throws IOException {
    List<String> changes = changes(planned);
    if (!changes.isEmpty()) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The input has changed since the export was planned:\n  "
              + String.join("\n  ", changes)
              + "\nPut the files back as they were, or use another --export-id to send all that is"
              + " there now.");
    }
  }

  /** Which of the files are not what they were, in words. */
  public List<String> changes(Collection<InputFile> planned) throws IOException {
    List<String> changes = new ArrayList<>();
    for (InputFile file : planned) {
      change(file).ifPresent(changes::add);
    }
    return changes;
  }

  private Optional<String> change(InputFile planned) throws IOException {
    Path path = new Path(planned.path());
    FileStatus now;
    try {
      now = path.getFileSystem(configuration).getFileStatus(path);
    } catch (FileNotFoundException e) {
      return Optional.of(planned.path() + " is gone");
    }
    if (now.getLen() != planned.length()) {
      return Optional.of(
          planned.path() + " has " + now.getLen() + " bytes, not " + planned.length());
    }
    if (now.getModificationTime() != planned.modified()) {
      return Optional.of(planned.path() + " was written anew");
    }
    if (OpenFiles.isOpen(now, configuration)) {
      return Optional.of(planned.path() + " is being written to");
    }
    return Optional.empty();
  }

  private Path path(String input) throws InvalidSettingException {
    return PathSetting.hadoop(InputSettings.INPUT, input, configuration);
  }

  private FileSystem fileSystem(Path path) throws LoaderException {
    try {
      return path.getFileSystem(configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE, "Cannot use the input " + path + ": " + e.getMessage(), e);
    }
  }

  private static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
