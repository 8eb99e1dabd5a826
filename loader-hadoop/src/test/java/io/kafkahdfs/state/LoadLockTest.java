package io.kafkahdfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock.Owner;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLockTest {
  private static final String SINCE = "2026-01-31T00:00:00Z";
  private static final Duration LONG = SignOfLife.SILENCE.multipliedBy(2);

  @TempDir java.nio.file.Path temporary;
  private FileStore store;
  private Path state;

  @BeforeEach
  void prepare() throws IOException {
    state = new Path(new Path(temporary.toUri()), "state");
    store = HadoopFileStore.of(state, new Configuration());
    store.mkdirs(state);
  }

  private static Owner self(String run) {
    return Owner.self(run, "me", "here", SINCE);
  }

  private LoadLock acquire(Owner owner) throws IOException, InterruptedException {
    return LoadLock.acquire(store, state, owner, Duration.ZERO, StopSignal.NONE);
  }

  private List<String> names() throws IOException {
    return store.list(state).stream().map(FileEntry::name).toList();
  }

  private void makeOld(String name) throws IOException {
    Files.setLastModifiedTime(
        temporary.resolve("state").resolve(name), FileTime.from(Instant.now().minus(LONG)));
  }

  @Test
  void oneHasItAndTheOtherIsToldWho() throws Exception {
    try (LoadLock held = acquire(self("first"))) {
      assertThatThrownBy(() -> acquire(self("second")))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("first of me on here")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
    }
    acquire(self("third")).close();
    assertThat(names()).isEmpty();
  }

  @Test
  void aDeadProcessOfThisHostLosesItAtOnce() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    LoadLock lost = acquire(new Owner("dead", "me", "here", dead.pid(), 1, SINCE));
    try (LoadLock held = acquire(self("next"))) {
      lost.close();
      assertThat(store.entry(LoadLock.file(state))).as("the next one's").isPresent();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aProcessThatSeemsToHaveStartedAtAnotherTimeKeepsItWhileItShowsSignsOfLife()
      throws Exception {
    LoadLock held =
        acquire(new Owner("moved", "me", "here", ProcessHandle.current().pid(), 1, SINCE));
    assertThatThrownBy(() -> acquire(self("next"))).hasMessageContaining("moved");

    makeOld("alive-moved");
    acquire(self("next")).close();
    held.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void whoWaitsGetsItWhenTheOtherEnds() throws Exception {
    LoadLock held = acquire(self("first"));
    CountDownLatch refused = new CountDownLatch(1);
    FileStore watched = deletions(new Path(state, "alive-second"), refused);
    CompletableFuture<LoadLock> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return LoadLock.acquire(
                    watched, state, self("second"), Duration.ofDays(1), StopSignal.NONE);
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    // It takes its sign of life back when it finds the lock held.
    assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(waiting).isNotDone();
    held.close();
    waiting.get().close();
    assertThat(names()).isEmpty();
  }

  /** The store, which tells when a file was deleted. */
  private FileStore deletions(Path file, CountDownLatch deleted) {
    return (FileStore)
        Proxy.newProxyInstance(
            FileStore.class.getClassLoader(),
            new Class<?>[] {FileStore.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(store, arguments);
                if (method.getName().equals("delete") && file.equals(arguments[0])) {
                  deleted.countDown();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void whoHasWaitedInVainSaysSo() throws Exception {
    try (LoadLock held = acquire(self("first"))) {
      assertThatThrownBy(
              () ->
                  LoadLock.acquire(
                      store, state, self("second"), Duration.ofMillis(1), StopSignal.NONE))
          .hasMessageContaining("It has not ended within");
    }
  }

  @Test
  void whoOnlyLooksSeesWhoHasIt() throws Exception {
    assertThat(LoadLock.look(store, state, "here")).isEmpty();
    try (LoadLock held = acquire(self("first"))) {
      assertThat(LoadLock.look(store, state, "here"))
          .contains(new LoadLock.Holder(self("first"), true));
      assertThat(LoadLock.look(store, state, "elsewhere"))
          .contains(new LoadLock.Holder(self("first"), true));
      makeOld("alive-first");
      assertThat(LoadLock.look(store, state, "elsewhere"))
          .contains(new LoadLock.Holder(self("first"), false));
    }
  }

  @Test
  void anotherHostLosesItWhenItHasBeenSilentForLong() throws Exception {
    LoadLock silent = acquire(new Owner("silent", "somebody", "there", 1, 1, SINCE));
    assertThatThrownBy(() -> acquire(self("impatient"))).hasMessageContaining("silent");

    makeOld("alive-silent");
    acquire(self("next")).close();
    silent.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void whatRunsLeftThatDiedBeforeTheyHadItIsRemovedInTime() throws Exception {
    for (String name : List.of("alive-old", "lock-old.draft", "lock-of-dead.old", "alive-new")) {
      store.create(new Path(state, name)).close();
    }
    for (String name : List.of("alive-old", "lock-old.draft", "lock-of-dead.old")) {
      makeOld(name);
    }
    acquire(self("next")).close();
    // Whoever made it a moment ago may be about to look at it.
    assertThat(names()).containsExactly("alive-new");
  }
}
