package io.kafkahdfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand where a lock belongs, instead of what a run wrote. */
class MalformedLockTest {
  private static final String SINCE = "2026-01-31T00:00:00Z";
  private static final LoadLock.Owner DEAD =
      new LoadLock.Owner("20260131T000000Z-00c0ffee", "me", "here", 4_194_305, 1, SINCE);

  @TempDir java.nio.file.Path temporary;
  private java.nio.file.Path folder;
  private FileStore store;
  private Path state;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(temporary.resolve("output/state"));
    // What a run's name could lead to.
    for (String name : new String[] {"x", "alive-x", "lock-x"}) {
      Files.createFile(temporary.resolve(name));
      Files.createFile(temporary.resolve("output").resolve(name));
    }
    state = new Path(folder.toUri());
    store = HadoopFileStore.of(state, new Configuration());
  }

  @Test
  void spoiledLocks() {
    byte[] json = Json.write(DEAD);
    Cases.run(
        3_000,
        random -> {
          Files.write(folder.resolve("lock.json"), spoil(json, random));
          try {
            LoadLock.look(store, state, "here");
            acquire().close();
          } catch (LoaderException e) {
            require(e.getMessage().contains(LoadLock.file(state).toString()), e);
            require(e.exitCode() == ExitCode.FAILURE, e);
            require(!e.getMessage().contains("\n"), e);
          }
          clear();
          require(Files.exists(temporary.resolve("output/alive-x")), null);
          require(Files.exists(temporary.resolve("alive-x")), null);
        });
  }

  @Test
  void aRunThatIsCalledLikeAPathIsNotOne() throws Exception {
    for (String run : new String[] {"../../x", "a/b", "..", "", "a:b", "x\\u0000"}) {
      String json = new String(Json.write(DEAD), StandardCharsets.UTF_8).replace(DEAD.run(), run);
      Files.writeString(folder.resolve("lock.json"), json);
      assertThatThrownBy(this::acquire)
          .as(run)
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("lock.json")
          .hasMessageContaining("run: ");
    }
  }

  @Test
  void aFolderInItsPlaceIsNamed() throws Exception {
    Files.createDirectory(folder.resolve("lock.json"));
    Cases.run(
        1,
        random ->
            assertThatThrownBy(this::acquire)
                .isInstanceOf(LoaderException.class)
                .hasMessageContaining("lock.json")
                .hasMessageContaining("it is a folder"));
  }

  @Test
  void theSampleIsSound() throws Exception {
    Files.write(folder.resolve("lock.json"), Json.write(DEAD));
    assertThat(LoadLock.look(store, state, "here").orElseThrow().owner()).isEqualTo(DEAD);
    acquire().close();
    assertThat(folder).isEmptyDirectory();
  }

  private LoadLock acquire() throws IOException, InterruptedException {
    LoadLock.Owner self = LoadLock.Owner.self("self", "me", "here", SINCE);
    return LoadLock.acquire(store, state, self, Duration.ZERO, StopSignal.NONE);
  }

  /** Owners on other hosts would be alive for a minute: the sign is never there. */
  private static byte[] spoil(byte[] json, Random random) {
    return random.nextInt(3) == 0
        ? new Spoiler(random).spoil(json)
        : new JsonSpoiler(random).spoil(json).getBytes(StandardCharsets.UTF_8);
  }

  private void clear() throws IOException {
    try (Stream<java.nio.file.Path> left = Files.list(folder)) {
      for (java.nio.file.Path path : left.toList()) {
        Files.delete(path);
      }
    }
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
