package io.kafkahdfs.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * A {@link FileStore} on the local file system, for trials. Hadoop's own local file system can not
 * be used: it removes the target before a rename, and looks before it creates instead of asking the
 * kernel to, so that two clients can both believe that they won.
 *
 * <p>Other code may reach the same files through Hadoop's local file system, which keeps checksums
 * in {@code .NAME.crc} beside each file. They are not listed, and they are removed where they would
 * be those of another file.
 */
final class LocalFileStore implements FileStore {
  private final UnaryOperator<Path> qualify;

  /**
   * @param qualify makes a path whole: scheme {@code file}, and absolute
   */
  LocalFileStore(UnaryOperator<Path> qualify) {
    this.qualify = qualify;
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    java.nio.file.Path local = local(path);
    try {
      return Optional.of(entry(local));
    } catch (FileSystemException e) {
      if (isAbsent(local, e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    java.nio.file.Path local = local(folder);
    if (!Files.isDirectory(local)) {
      return List.of();
    }
    List<FileEntry> entries = new ArrayList<>();
    try (Stream<java.nio.file.Path> children = Files.list(local)) {
      for (java.nio.file.Path child : children.filter(p -> !isChecksum(p)).toList()) {
        try {
          entries.add(entry(child));
        } catch (NoSuchFileException e) {
          // Removed since it was listed.
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    entries.sort(Comparator.comparing(FileEntry::name));
    return entries;
  }

  @Override
  public InputStream open(Path file) throws IOException {
    java.nio.file.Path local = local(file);
    if (!Files.isRegularFile(local)) {
      throw new FileNotFoundException(file + " is missing, or not a file");
    }
    try {
      return Files.newInputStream(local);
    } catch (NoSuchFileException e) {
      throw missing(file + " does not exist", e);
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    java.nio.file.Path local = local(file);
    try {
      OutputStream out =
          Files.newOutputStream(local, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.deleteIfExists(checksum(local));
      return out;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(file + " exists");
    } catch (FileSystemException e) {
      if (isAbsent(local, e)) {
        throw missing("The folder of " + file + " does not exist", e);
      }
      throw e;
    }
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    Files.createDirectories(local(folder));
  }

  /**
   * A rename of the kernel would silently take the place of the target. A hard link is refused if
   * the name is taken, and so is a new folder, whose place the renamed one then takes: for a moment
   * that name stands for an empty folder.
   */
  @Override
  public void rename(Path from, Path to) throws IOException {
    java.nio.file.Path source = local(from);
    java.nio.file.Path target = local(to);
    try {
      if (entry(source).directory()) {
        Files.createDirectory(target);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(target, source);
        Files.deleteIfExists(checksum(target));
        Files.delete(source);
        Files.deleteIfExists(checksum(source));
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(to + " exists");
    } catch (FileSystemException e) {
      throw renameFailure(from, to, e);
    }
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    java.nio.file.Path source = local(from);
    java.nio.file.Path target = local(to);
    try {
      entry(source);
      Files.deleteIfExists(checksum(target));
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(checksum(source));
    } catch (FileSystemException e) {
      throw renameFailure(from, to, e);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    java.nio.file.Path local = local(path);
    List<java.nio.file.Path> all;
    try (Stream<java.nio.file.Path> walk = Files.walk(local)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (FileSystemException e) {
      if (isAbsent(local, e)) {
        return;
      }
      throw e;
    }
    for (java.nio.file.Path each : all) {
      Files.deleteIfExists(each);
    }
    Files.deleteIfExists(checksum(local));
  }

  private java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(qualify.apply(path).toUri().getPath());
  }

  private FileEntry entry(java.nio.file.Path local) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(local, BasicFileAttributes.class);
    return new FileEntry(
        qualify.apply(new Path("file", null, local.toString())),
        attributes.isDirectory(),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }

  private IOException renameFailure(Path from, Path to, FileSystemException failure) {
    if (isAbsent(local(from), failure) || isAbsent(local(to), failure)) {
      return missing(from + ", or the folder of " + to + ", does not exist", failure);
    }
    return failure;
  }

  /** Whether a failure came about because the path, or a folder above it, does not exist. */
  private static boolean isAbsent(java.nio.file.Path path, FileSystemException failure) {
    java.nio.file.Path above = path.getParent();
    while (above != null && Files.notExists(above)) {
      above = above.getParent();
    }
    return failure instanceof NoSuchFileException || above != null && Files.isRegularFile(above);
  }

  private static FileNotFoundException missing(String message, IOException cause) {
    FileNotFoundException missing = new FileNotFoundException(message);
    missing.initCause(cause);
    return missing;
  }

  private static java.nio.file.Path checksum(java.nio.file.Path file) {
    return file.resolveSibling("." + file.getFileName() + ".crc");
  }

  private static boolean isChecksum(java.nio.file.Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".crc");
  }
}
