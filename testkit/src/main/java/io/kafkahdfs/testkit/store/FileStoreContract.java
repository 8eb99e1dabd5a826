package io.kafkahdfs.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link FileStore} promises; each file system that we commit to extends this test. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class FileStoreContract {
  private static final int RACES = 50;
  private static final List<String> RACERS = List.of("red", "blue");
  private static final long ABSENT = -1;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private FileStore store;
  private Path folder;

  /** The store to be tried. */
  protected abstract FileStore store() throws Exception;

  /** An existing, empty folder, another one for each test. */
  protected abstract Path folder() throws Exception;

  @BeforeEach
  final void prepare() throws Exception {
    store = store();
    folder = folder();
  }

  @AfterEach
  final void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void entryOfNothingIsEmpty() throws IOException {
    write(path("file"), "content");

    assertThat(store.entry(path("missing"))).isEmpty();
    assertThat(store.entry(path("missing/below"))).isEmpty();
    assertThat(store.entry(path("file/below"))).isEmpty();
  }

  @Test
  void entryTellsAFileAndAFolder() throws IOException {
    write(path("file"), "content");
    store.mkdirs(path("sub"));

    FileEntry file = store.entry(path("file")).orElseThrow();
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.path()).isEqualTo(path("file"));
    assertThat(file.directory()).isFalse();
    assertThat(file.length()).isEqualTo(7);
    assertThat(file.modified()).isPositive();

    FileEntry sub = store.entry(path("sub")).orElseThrow();
    assertThat(sub.directory()).isTrue();
    assertThat(sub.length()).isZero();
  }

  @Test
  void listIsByName() throws IOException {
    List<String> names =
        IntStream.range(0, 25).mapToObj(n -> "part %c-%02d".formatted('a' + n % 3, n)).toList();
    for (String name : names) {
      write(path(name), name);
    }
    store.mkdirs(path("part!"));
    write(path("part!/deeper"), "not in the list");

    List<FileEntry> entries = store.list(folder);

    assertThat(entries).extracting(FileEntry::name).hasSize(26).isSorted();
    assertThat(entries).extracting(FileEntry::name).containsAll(names).contains("part!");
    assertThat(entries)
        .filteredOn(FileEntry::directory)
        .extracting(FileEntry::path)
        .containsExactly(path("part!"));
  }

  @Test
  void listOfWhatIsNoFolderIsEmpty() throws IOException {
    write(path("file"), "content");

    assertThat(store.list(path("missing"))).isEmpty();
    assertThat(store.list(path("file"))).isEmpty();
    assertThat(store.list(path("file/below"))).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    String content = "line\n".repeat(100_000);

    write(path("file"), content);

    assertThat(read(path("file"))).isEqualTo(content);
  }

  @Test
  void openRefusesWhatIsMissing() {
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> store.open(path("missing")));
  }

  @Test
  void createRefusesWhatExists() throws IOException {
    write(path("file"), "old");
    store.mkdirs(path("sub"));

    assertTaken(() -> store.create(path("file")));
    assertTaken(() -> store.create(path("sub")));
    assertThat(read(path("file"))).isEqualTo("old");
  }

  @Test
  void createRefusesWhatSomebodyIsWriting() throws IOException {
    try (OutputStream out = store.create(path("file"))) {
      assertTaken(() -> store.create(path("file")));
      out.write("the first one".getBytes(UTF_8));
    }

    assertThat(read(path("file"))).isEqualTo("the first one");
  }

  @Test
  void createRefusesAMissingFolderAndDoesNotMakeIt() throws IOException {
    write(path("file"), "content");

    assertMissing(() -> store.create(path("missing/file")));
    assertMissing(() -> store.create(path("file/below")));
    assertThat(store.entry(path("missing"))).isEmpty();
  }

  @Test
  void ofTwoThatCreateAFileOneWins() throws Exception {
    for (int n = 0; n < RACES; n++) {
      Path target = path("race-" + n);
      String winner = winner(name -> write(target, name));
      assertThat(read(target)).isEqualTo(winner);
    }
  }

  @Test
  void mkdirsMakesTheFoldersAboveAndMayBeRepeated() throws IOException {
    store.mkdirs(path("a/b/c"));
    write(path("a/b/c/file"), "content");
    store.mkdirs(path("a/b/c"));

    assertThat(store.entry(path("a/b/c")).orElseThrow().directory()).isTrue();
    assertThat(read(path("a/b/c/file"))).isEqualTo("content");
  }

  @Test
  void mkdirsRefusesAFile() throws IOException {
    write(path("file"), "content");

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.mkdirs(path("file")));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.mkdirs(path("file/below")));
    assertThat(read(path("file"))).isEqualTo("content");
  }

  @Test
  void renameMovesAFile() throws IOException {
    write(path("from"), "content");
    store.mkdirs(path("sub"));

    store.rename(path("from"), path("sub/to"));

    assertThat(store.entry(path("from"))).isEmpty();
    assertThat(read(path("sub/to"))).isEqualTo("content");
    assertThat(names(folder)).containsExactly("sub");
    assertThat(names(path("sub"))).containsExactly("to");
  }

  @Test
  void renameMovesAFolderWithAllInIt() throws IOException {
    store.mkdirs(path("from/deep"));
    write(path("from/deep/file"), "content");

    store.rename(path("from"), path("to"));

    assertThat(names(folder)).containsExactly("to");
    assertThat(read(path("to/deep/file"))).isEqualTo("content");
  }

  @Test
  void renameRefusesATakenName() throws IOException {
    write(path("file"), "source file");
    store.mkdirs(path("sub"));
    write(path("sub/inner"), "source folder");
    write(path("taken"), "target file");
    store.mkdirs(path("empty"));
    store.mkdirs(path("full"));
    write(path("full/inner"), "target folder");

    for (String source : List.of("file", "sub")) {
      for (String target : List.of("taken", "empty", "full", source)) {
        assertTaken(() -> store.rename(path(source), path(target)));
      }
    }
    assertThat(names(folder)).containsExactly("empty", "file", "full", "sub", "taken");
    assertThat(read(path("file"))).isEqualTo("source file");
    assertThat(read(path("sub/inner"))).isEqualTo("source folder");
    assertThat(read(path("taken"))).isEqualTo("target file");
    assertThat(names(path("empty"))).isEmpty();
    assertThat(read(path("full/inner"))).isEqualTo("target folder");
  }

  @Test
  void renameRefusesAMissingSource() throws IOException {
    write(path("taken"), "target");

    assertMissing(() -> store.rename(path("missing"), path("to")));
    assertMissing(() -> store.rename(path("missing/below"), path("to")));
    assertMissing(() -> store.rename(path("taken/below"), path("to")));
    assertMissing(() -> store.rename(path("missing"), path("taken")));
    assertThat(names(folder)).containsExactly("taken");
  }

  @Test
  void renameRefusesAMissingFolderOfTheTarget() throws IOException {
    write(path("file"), "content");
    store.mkdirs(path("sub"));

    for (String source : List.of("file", "sub")) {
      assertMissing(() -> store.rename(path(source), path("missing/to")));
    }
    assertMissing(() -> store.rename(path("sub"), path("file/below")));
    assertThat(names(folder)).containsExactly("file", "sub");
    assertThat(read(path("file"))).isEqualTo("content");
  }

  @Test
  void ofTwoThatRenameFilesToOneNameOneWins() throws Exception {
    for (int n = 0; n < RACES; n++) {
      Path target = path("race-" + n);
      for (String racer : RACERS) {
        write(target.suffix(racer), racer);
      }

      String winner = winner(racer -> store.rename(target.suffix(racer), target));

      String loser = other(winner);
      assertThat(read(target)).isEqualTo(winner);
      assertThat(store.entry(target.suffix(winner))).isEmpty();
      assertThat(read(target.suffix(loser))).isEqualTo(loser);
    }
  }

  @Test
  void ofTwoThatRenameFoldersToOneNameOneWins() throws Exception {
    for (int n = 0; n < RACES; n++) {
      Path target = path("race-" + n);
      for (String racer : RACERS) {
        store.mkdirs(target.suffix(racer));
        write(new Path(target.suffix(racer), racer), racer);
      }

      String winner = winner(racer -> store.rename(target.suffix(racer), target));

      String loser = other(winner);
      assertThat(names(target)).containsExactly(winner);
      assertThat(store.entry(target.suffix(winner))).isEmpty();
      assertThat(names(target.suffix(loser))).containsExactly(loser);
    }
  }

  @Test
  void replaceTakesThePlaceOfAFile() throws IOException {
    write(path("old"), "old");
    write(path("new"), "newer");

    store.replace(path("new"), path("old"));

    assertThat(read(path("old"))).isEqualTo("newer");
    assertThat(names(folder)).containsExactly("old");
  }

  @Test
  void replaceTakesAFreeName() throws IOException {
    write(path("new"), "content");

    store.replace(path("new"), path("to"));

    assertThat(read(path("to"))).isEqualTo("content");
    assertThat(names(folder)).containsExactly("to");
  }

  /** A local file system with checksums beside its files could take those of another file. */
  @Test
  void replaceAndRenameCanFollowEachOther() throws IOException {
    write(path("target"), "first");
    for (String content : List.of("second one", "third", "the fourth")) {
      write(path("a"), content);
      store.rename(path("a"), path("b"));
      store.replace(path("b"), path("target"));
      assertThat(read(path("target"))).isEqualTo(content);
      store.rename(path("target"), path("away"));
      store.replace(path("away"), path("target"));
      assertThat(read(path("target"))).isEqualTo(content);
    }
    store.delete(path("target"));
    write(path("target"), "last");
    assertThat(read(path("target"))).isEqualTo("last");
  }

  @Test
  void replaceRefusesAMissingSource() throws IOException {
    write(path("target"), "content");

    assertMissing(() -> store.replace(path("missing"), path("target")));
    assertThat(read(path("target"))).isEqualTo("content");
  }

  @Test
  void aFileThatIsReplacedIsNeverAbsentNorHalf() throws Exception {
    Path target = path("target");
    write(target, "short");
    String content = "long".repeat(10_000);
    AtomicBoolean done = new AtomicBoolean();

    Future<Set<Long>> seen =
        threads.submit(
            () -> {
              Set<Long> lengths = new HashSet<>();
              do {
                lengths.add(store.entry(target).map(FileEntry::length).orElse(ABSENT));
              } while (!done.get());
              return lengths;
            });
    try {
      for (int n = 0; n < RACES; n++) {
        write(path("new"), n % 2 == 0 ? content : "short");
        store.replace(path("new"), target);
      }
    } finally {
      done.set(true);
    }

    assertThat(seen.get()).isSubsetOf(5L, 40_000L);
  }

  @Test
  void deleteRemovesAFileOrAFolderWithAllInIt() throws IOException {
    write(path("file"), "content");
    store.mkdirs(path("sub/deep"));
    write(path("sub/deep/file"), "content");

    store.delete(path("file"));
    store.delete(path("sub"));

    assertThat(store.list(folder)).isEmpty();
  }

  @Test
  void deleteOfNothingDoesNothing() throws IOException {
    write(path("file"), "content");

    store.delete(path("missing"));
    store.delete(path("missing/below"));
    store.delete(path("file/below"));

    assertThat(names(folder)).containsExactly("file");
  }

  private Path path(String name) {
    return new Path(folder, name);
  }

  private void write(Path file, String content) throws IOException {
    try (OutputStream out = store.create(file)) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private String read(Path file) throws IOException {
    try (InputStream in = store.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> names(Path of) throws IOException {
    return store.list(of).stream().map(FileEntry::name).toList();
  }

  /** Lets two try at once; exactly one must be let, the other be told that the name is taken. */
  private String winner(Attempt attempt) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS.size());
    List<Callable<Optional<String>>> racers = new ArrayList<>();
    for (String racer : RACERS) {
      racers.add(
          () -> {
            start.await();
            try {
              attempt.by(racer);
              return Optional.of(racer);
            } catch (FileAlreadyExistsException e) {
              return Optional.empty();
            }
          });
    }
    List<String> winners = new ArrayList<>();
    for (Future<Optional<String>> racer : threads.invokeAll(racers)) {
      racer.get().ifPresent(winners::add);
    }
    assertThat(winners).hasSize(1);
    return winners.get(0);
  }

  private static String other(String racer) {
    return RACERS.get(1 - RACERS.indexOf(racer));
  }

  private static void assertTaken(ThrowingCallable attempt) {
    assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(attempt);
  }

  private static void assertMissing(ThrowingCallable attempt) {
    assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(attempt);
  }

  private interface Attempt {
    void by(String racer) throws IOException;
  }
}
