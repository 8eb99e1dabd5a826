package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A file store of a process that stands still before its n-th operation, while something else
 * happens. Operations count from 1; each call of {@link FileStore} is one.
 */
public final class MeanwhileFileStore extends ForwardingFileStore {
  private final int operation;
  private final Event event;
  private int operations;

  /** What happens meanwhile. */
  @FunctionalInterface
  public interface Event {
    void happen() throws IOException;
  }

  public MeanwhileFileStore(FileStore store, int operation, Event event) {
    super(store);
    this.operation = operation;
    this.event = event;
  }

  /** Whether it has happened. */
  public boolean happened() {
    return operations >= operation;
  }

  private void count() throws IOException {
    operations++;
    if (operations == operation) {
      event.happen();
    }
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    count();
    return super.entry(path);
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    count();
    return super.list(folder);
  }

  @Override
  public InputStream open(Path file) throws IOException {
    count();
    return super.open(file);
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    count();
    return super.create(file);
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    count();
    super.mkdirs(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    count();
    super.rename(from, to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    count();
    super.replace(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    count();
    super.delete(path);
  }
}
