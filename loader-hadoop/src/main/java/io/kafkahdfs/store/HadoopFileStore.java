package io.kafkahdfs.store;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/**
 * A {@link FileStore} on HDFS: its {@link #rename} is the NameNode's rename without the overwrite
 * option, which fails when the target exists.
 */
public final class HadoopFileStore implements FileStore {
  /** Schemes whose rename is atomic, exclusive and seen by everybody at once. */
  private static final Set<String> SCHEMES = Set.of("hdfs", "viewfs", "file");

  private static final String ENTRIES_LIMIT = "dfs.namenode.fs-limits.max-directory-items";
  private static final int USUAL_ENTRIES_LIMIT = 1 << 20;

  private final FileSystem files;
  private final Renamer renamer;
  private final long mostEntries;

  private HadoopFileStore(FileSystem files, Renamer renamer, long mostEntries) {
    this.files = files;
    this.renamer = renamer;
    this.mostEntries = mostEntries;
  }

  /** The rename that fails when the target exists, which not every file system offers openly. */
  private interface Renamer {
    void rename(Path from, Path to, Options.Rename option) throws IOException;
  }

  /**
   * Opens the file system that a path lies on: HDFS, or the local one for trials.
   *
   * @throws LoaderException if it does not give what the commit protocols need, or is not known
   */
  public static FileStore of(Path path, Configuration configuration) throws IOException {
    URI uri = path.toUri();
    String scheme = uri.getScheme();
    if (scheme == null) {
      scheme = FileSystem.getDefaultUri(configuration).getScheme();
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
      FileSystem files = path.getFileSystem(configuration);
      if (scheme.equals("file")) {
        return new LocalFileStore(files::makeQualified);
      }
      // A FileContext is a second client of HDFS: it would make a short run a tenth longer.
      Renamer renamer =
          files instanceof DistributedFileSystem hdfs
              ? hdfs::rename
              : FileContext.getFileContext(files.getUri(), configuration)::rename;
      return new HadoopFileStore(
          files, renamer, configuration.getInt(ENTRIES_LIMIT, USUAL_ENTRIES_LIMIT));
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw unusable(path, e, e);
    } catch (RuntimeException e) {
      // So Hadoop tells of a NameNode whose host is not known.
      if (e.getCause() instanceof IOException cause) {
        throw unusable(path, cause, e);
      }
      throw e;
    }
  }

  private static LoaderException unusable(Path path, Exception reason, Exception cause) {
    String message =
        reason instanceof UnknownHostException ? reason.toString() : reason.getMessage();
    return new LoaderException(
        ExitCode.HDFS_UNUSABLE, "Cannot use " + path + ": " + message, cause);
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    try {
      return Optional.of(entry(files.getFileStatus(path)));
    } catch (IOException e) {
      if (isAbsent(path, e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> statuses = files.listStatusIterator(folder);
      while (statuses.hasNext()) {
        entries.add(entry(statuses.next()));
      }
    } catch (IOException e) {
      if (isAbsent(folder, e)) {
        return List.of();
      }
      throw e;
    }
    // Hadoop answers for a file with the file itself, as if a folder held one.
    Path self = files.makeQualified(folder);
    entries.removeIf(entry -> entry.path().equals(self));
    entries.sort(Comparator.comparing(FileEntry::name));
    return entries;
  }

  @Override
  public InputStream open(Path file) throws IOException {
    try {
      return files.open(file);
    } catch (IOException e) {
      throw isAbsent(file, e) ? missing(file + " does not exist", e) : e;
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    try {
      return files.createFile(file).overwrite(false).build();
    } catch (RemoteException e) {
      if (isA(AlreadyBeingCreatedException.class, e)) {
        throw taken(file + " exists, and somebody is writing it", e);
      }
      throw e;
    } catch (IOException e) {
      throw isAbsent(file, e) ? missing("The folder of " + file + " does not exist", e) : e;
    }
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    if (!files.mkdirs(folder)) {
      throw new IOException("Could not make the folder " + folder);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      rename(from, to, Options.Rename.NONE);
    } catch (RemoteException e) {
      // A file and a folder: the NameNode says so first, in an exception without a type.
      if (isA(IOException.class, e) && entry(from).isPresent() && entry(to).isPresent()) {
        throw taken(to + " exists", e);
      }
      throw e;
    }
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    rename(from, to, Options.Rename.OVERWRITE);
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      if (!files.delete(path, true) && entry(path).isPresent()) {
        throw new IOException("Could not delete " + path);
      }
    } catch (IOException e) {
      if (!isAbsent(path, e)) {
        throw e;
      }
    }
  }

  private void rename(Path from, Path to, Options.Rename option) throws IOException {
    try {
      renamer.rename(from, to, option);
    } catch (IOException e) {
      throw isAbsent(from, e) || isAbsent(to, e)
          ? missing(from + ", or the folder of " + to + ", does not exist", e)
          : e;
    }
  }

  /**
   * Whether a failure came about because the path does not exist. Below a file nothing does; HDFS
   * calls that a forbidden access or a wrong parent, as it comes.
   */
  private boolean isAbsent(Path path, IOException failure) throws IOException {
    return failure instanceof FileNotFoundException
        || failure instanceof ParentNotDirectoryException
        || failure instanceof AccessControlException && isBelowAFile(path);
  }

  private boolean isBelowAFile(Path path) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      try {
        return files.getFileStatus(above).isFile();
      } catch (FileNotFoundException | ParentNotDirectoryException | AccessControlException e) {
        // Nothing to see at this height; the one above it may tell.
      }
    }
    return false;
  }

  private static boolean isA(Class<? extends IOException> type, RemoteException failure) {
    return failure.getClassName().equals(type.getName());
  }

  private static FileNotFoundException missing(String message, IOException cause) {
    FileNotFoundException missing = new FileNotFoundException(message);
    missing.initCause(cause);
    return missing;
  }

  private static FileAlreadyExistsException taken(String message, IOException cause) {
    FileAlreadyExistsException taken = new FileAlreadyExistsException(message);
    taken.initCause(cause);
    return taken;
  }

  private FileEntry entry(FileStatus status) {
    return new FileEntry(
        status.getPath(),
        status.isDirectory(),
        status.isDirectory() ? 0 : status.getLen(),
        status.getModificationTime(),
        status instanceof HdfsFileStatus hdfs
            ? mostEntries - hdfs.getChildrenNum()
            : Long.MAX_VALUE);
  }
}
