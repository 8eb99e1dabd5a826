package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A file store that does what another one does; for those that do one thing differently. */
public class ForwardingFileStore implements FileStore {
  private final FileStore store;

  public ForwardingFileStore(FileStore store) {
    this.store = store;
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    return store.entry(path);
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    return store.list(folder);
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return store.open(file);
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    return store.create(file);
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    store.mkdirs(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    store.rename(from, to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    store.replace(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    store.delete(path);
  }
}
