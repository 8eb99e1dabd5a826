package io.kafkahdfs.store;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A {@link FileStore} on HDFS, or on a local file system for trials.
 *
 * <p>On HDFS {@link #rename} is the NameNode's rename without the overwrite option, which fails
 * when the target exists. A local rename would silently replace the target, so there a hard link
 * takes its place, which the kernel refuses if the name is taken.
 */
public final class HadoopFileStore implements FileStore {
  /** Schemes whose rename is atomic, exclusive and seen by everybody at once. */
  private static final Set<String> SCHEMES = Set.of("hdfs", "viewfs", "file");

  private final FileContext files;
  private final boolean local;

  private HadoopFileStore(FileContext files, boolean local) {
    this.files = files;
    this.local = local;
  }

  /**
   * Opens the file system that a path lies on.
   *
   * @throws LoaderException if it does not give what the commit protocols need, or is not known
   */
  public static HadoopFileStore of(Path path, Configuration configuration) throws IOException {
    URI uri = path.toUri();
    String scheme = uri.getScheme();
    if (scheme == null) {
      scheme = org.apache.hadoop.fs.FileSystem.getDefaultUri(configuration).getScheme();
    }
    if (!SCHEMES.contains(scheme)) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "Cannot use "
              + path
              + ": a commit needs a rename that is atomic and fails when the target exists, which "
              + scheme
              + ":// does not promise. Use a path on HDFS (hdfs:// or viewfs://), or file:// for a"
              + " trial.");
    }
    try {
      FileContext context =
          uri.getScheme() == null
              ? FileContext.getFileContext(configuration)
              : FileContext.getFileContext(uri, configuration);
      return new HadoopFileStore(context, scheme.equals("file"));
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE, "Cannot use " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    try {
      return Optional.of(entry(files.getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> statuses = files.listStatus(folder);
      while (statuses.hasNext()) {
        entries.add(entry(statuses.next()));
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    entries.sort(Comparator.comparing(FileEntry::path));
    return entries;
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return files.open(file);
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    return files.create(
        file, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.donotCreateParent());
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    files.mkdir(folder, null, true);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (local && !files.getFileStatus(from).isDirectory()) {
      try {
        Files.createLink(localPath(to), localPath(from));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        throw new FileAlreadyExistsException(to + " exists");
      } catch (java.nio.file.NoSuchFileException e) {
        throw new FileNotFoundException(from + ", or the folder of " + to + ", does not exist");
      }
      delete(from);
    } else {
      files.rename(from, to, Options.Rename.NONE);
    }
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    files.rename(from, to, Options.Rename.OVERWRITE);
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      if (!files.delete(path, true) && files.util().exists(path)) {
        throw new IOException("Could not delete " + path);
      }
    } catch (FileNotFoundException e) {
      // Gone already, which is what was wanted.
    }
  }

  private java.nio.file.Path localPath(Path path) {
    return java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
  }

  private static FileEntry entry(FileStatus status) {
    return new FileEntry(
        status.getPath(),
        status.isDirectory(),
        status.isDirectory() ? 0 : status.getLen(),
        status.getModificationTime());
  }
}
