package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * A file system in memory that behaves as HDFS does: a file that is being written can be renamed
 * and is seen as far as it was written, and who writes a file that was deleted learns it at the
 * end. Passes the contract of the real ones. For any number of threads; the same calls have the
 * same effects.
 */
public final class InMemoryFileStore implements FileStore {
  private final LongSupplier clock;
  private final Node root = Node.folder();

  /** A store whose files are dated by the system's clock. */
  public InMemoryFileStore() {
    this(System::currentTimeMillis);
  }

  /**
   * @param clock dates the files; milliseconds since 1970 UTC
   */
  public InMemoryFileStore(LongSupplier clock) {
    this.clock = clock;
  }

  /** A file, if it has content, or else a folder. */
  private static final class Node {
    final TreeMap<String, Node> children;
    final ByteArrayOutputStream content;
    long modified;

    /** Its path as it was listed last: to make one costs more than all the rest. */
    private Path listed;

    private Path folder;

    private Node(TreeMap<String, Node> children, ByteArrayOutputStream content) {
      this.children = children;
      this.content = content;
    }

    static Node folder() {
      return new Node(new TreeMap<>(), null);
    }

    static Node file() {
      return new Node(null, new ByteArrayOutputStream());
    }

    boolean isFolder() {
      return children != null;
    }

    Path pathIn(Path parent, String name) {
      if (listed == null || !parent.equals(folder)) {
        folder = parent;
        listed = new Path(parent, name);
      }
      return listed;
    }

    Node child(String name) {
      return isFolder() ? children.get(name) : null;
    }

    boolean holds(Node other) {
      return this == other
          || isFolder() && children.values().stream().anyMatch(child -> child.holds(other));
    }
  }

  @Override
  public synchronized Optional<FileEntry> entry(Path path) {
    return Optional.ofNullable(find(path)).map(node -> entry(path, node));
  }

  @Override
  public synchronized List<FileEntry> list(Path folder) {
    Node node = find(folder);
    List<FileEntry> entries = new ArrayList<>();
    if (node != null && node.isFolder()) {
      node.children.forEach((name, child) -> entries.add(entry(child.pathIn(folder, name), child)));
    }
    return entries;
  }

  @Override
  public synchronized InputStream open(Path file) throws IOException {
    Node node = find(file);
    if (node == null || node.isFolder()) {
      throw new FileNotFoundException(file + " is missing, or not a file");
    }
    return new ByteArrayInputStream(node.content.toByteArray());
  }

  @Override
  public synchronized OutputStream create(Path file) throws IOException {
    Node folder = folderOf(file);
    Node node = Node.file();
    node.modified = clock.getAsLong();
    if (folder.children.putIfAbsent(file.getName(), node) != null) {
      throw new FileAlreadyExistsException(file + " exists");
    }
    return new Writing(file, node);
  }

  @Override
  public synchronized void mkdirs(Path folder) throws IOException {
    Node node = root;
    for (String name : names(folder)) {
      if (node.isFolder() && !node.children.containsKey(name)) {
        Node made = Node.folder();
        made.modified = clock.getAsLong();
        node.children.put(name, made);
      }
      node = node.child(name);
      if (node == null || !node.isFolder()) {
        throw new IOException("Could not make the folder " + folder + ": a file is in the way");
      }
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Node node = existing(from);
    Node folder = folderOf(to);
    if (folder.children.containsKey(to.getName())) {
      throw new FileAlreadyExistsException(to + " exists");
    }
    if (node.holds(folder)) {
      throw new IOException("Cannot move " + from + " into itself, to " + to);
    }
    move(from, folder, to);
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    Node node = existing(from);
    Node folder = folderOf(to);
    Node taken = folder.child(to.getName());
    if (node.isFolder() || taken != null && taken.isFolder()) {
      throw new IOException("Cannot replace " + to + " by " + from + ": one of them is a folder");
    }
    move(from, folder, to);
  }

  @Override
  public synchronized void delete(Path path) {
    Node folder = folder(path);
    if (folder != null && folder.isFolder()) {
      folder.children.remove(path.getName());
    }
  }

  private void move(Path from, Node folder, Path to) {
    Node node = folder(from).children.remove(from.getName());
    folder.children.put(to.getName(), node);
    node.listed = null;
  }

  private Node existing(Path path) throws FileNotFoundException {
    Node node = find(path);
    if (node == null) {
      throw new FileNotFoundException(path + " does not exist");
    }
    return node;
  }

  private Node folderOf(Path path) throws FileNotFoundException {
    Node folder = folder(path);
    if (folder == null || !folder.isFolder()) {
      throw new FileNotFoundException("The folder of " + path + " does not exist");
    }
    return folder;
  }

  private Node find(Path path) {
    return path == null ? null : find(path.toUri().getPath());
  }

  private Node find(String path) {
    Node node = root;
    int start = 1;
    while (start < path.length() && node != null) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      node = node.child(path.substring(start, end));
      start = end + 1;
    }
    return node;
  }

  /** Without the path of the folder, which would have to be made. */
  private Node folder(Path path) {
    String text = path.toUri().getPath();
    int end = text.lastIndexOf('/');
    return end < 0 || text.length() == 1 ? null : find(text.substring(0, end));
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    String text = path.toUri().getPath();
    int start = 1;
    while (start < text.length()) {
      int end = text.indexOf('/', start);
      end = end < 0 ? text.length() : end;
      names.add(text.substring(start, end));
      start = end + 1;
    }
    return names;
  }

  private static FileEntry entry(Path path, Node node) {
    return new FileEntry(
        path, node.isFolder(), node.isFolder() ? 0 : node.content.size(), node.modified);
  }

  private final class Writing extends OutputStream {
    private final Path created;
    private final Node node;
    private boolean closed;

    Writing(Path created, Node node) {
      this.created = created;
      this.node = node;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (InMemoryFileStore.this) {
        if (closed) {
          throw new IOException(created + " is closed");
        }
        node.content.write(bytes, offset, length);
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (InMemoryFileStore.this) {
        if (closed) {
          return;
        }
        closed = true;
        node.modified = clock.getAsLong();
        if (!root.holds(node)) {
          throw new IOException(created + " was deleted while it was written");
        }
      }
    }
  }
}
