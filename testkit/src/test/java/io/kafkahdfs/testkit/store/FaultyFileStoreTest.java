package io.kafkahdfs.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyFileStoreTest {
  @TempDir java.nio.file.Path temp;
  private Path file;
  private Path other;
  private FileStore real;

  @BeforeEach
  void open() throws IOException {
    Path folder = new Path("file:" + temp);
    file = new Path(folder, "file");
    other = new Path(folder, "other");
    real = HadoopFileStore.of(folder, new Configuration());
  }

  @Test
  void countsEveryOperation() throws IOException {
    FaultyFileStore store = FaultyFileStore.counting(real);

    work(store);

    assertThat(store.operations()).isEqualTo(5);
    assertThat(store.faulted()).isFalse();
    assertThat(content(other)).isEqualTo("content");
  }

  @ParameterizedTest
  @EnumSource
  void strikesEachOperationOnce(Moment moment) throws IOException {
    int n = 1;
    for (; ; n++) {
      FaultyFileStore store = FaultyFileStore.failing(real, n, moment);
      try {
        work(store);
        assertThat(store.faulted()).isFalse();
        break;
      } catch (InjectedFaultException e) {
        assertThat(store.faulted()).isTrue();
        assertThat(e).hasMessageContaining("At operation " + n);
      }
      real.delete(file);
      real.delete(other);
    }
    assertThat(n).isEqualTo(6);
  }

  @Test
  void beforeMeansUndoneAndAfterMeansDone() throws IOException {
    write(real, "content");

    assertThatExceptionOfType(InjectedFaultException.class)
        .isThrownBy(() -> FaultyFileStore.failing(real, 1, Moment.BEFORE).rename(file, other));
    assertThat(names()).containsExactly("file");

    assertThatExceptionOfType(InjectedFaultException.class)
        .isThrownBy(() -> FaultyFileStore.failing(real, 1, Moment.AFTER).rename(file, other));
    assertThat(names()).containsExactly("other");
  }

  @Test
  void aFailedStoreWorksAgain() throws IOException {
    FaultyFileStore store = FaultyFileStore.failing(real, 1, Moment.BEFORE);

    assertThatThrownBy(() -> store.list(file)).isInstanceOf(InjectedFaultException.class);
    work(store);

    assertThat(content(other)).isEqualTo("content");
  }

  @Test
  void aHaltedStoreCanDoNothingMore() throws IOException {
    write(real, "content");
    FaultyFileStore store = FaultyFileStore.halting(real, 1, Moment.BEFORE);

    assertThatThrownBy(() -> store.delete(file)).isInstanceOf(HaltedError.class);
    assertThatThrownBy(() -> store.delete(file)).isInstanceOf(HaltedError.class);
    assertThatThrownBy(() -> store.rename(file, other)).isInstanceOf(HaltedError.class);
    assertThatThrownBy(() -> store.create(other)).isInstanceOf(HaltedError.class);
    assertThat(names()).containsExactly("file");
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfADeadProcessIsCutShort(Moment moment) throws IOException {
    FaultyFileStore store = FaultyFileStore.halting(real, 3, moment);

    assertThatThrownBy(
            () -> {
              try (OutputStream out = store.create(file)) {
                out.write("content".getBytes(UTF_8));
                out.write((byte) 0xff);
              }
            })
        .isInstanceOf(HaltedError.class);

    assertThat(real.entry(file).map(FileEntry::length).orElse(0L)).isLessThan(8);
  }

  @Test
  void closedFilesHoldAllThatWasWritten() throws IOException {
    FaultyFileStore store = FaultyFileStore.counting(real);
    byte[] bytes = new byte[512];
    for (int n = 0; n < bytes.length; n++) {
      bytes[n] = (byte) n;
    }

    try (OutputStream out = store.create(file)) {
      out.write(bytes, 0, 256);
      out.write(bytes, 256, 0);
      for (int n = 256; n < bytes.length; n++) {
        out.write(bytes[n]);
      }
    }

    try (var in = store.open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  /** Five operations: create, write, close, entry, rename. */
  private void work(FileStore store) throws IOException {
    write(store, "content");
    assertThat(store.entry(file)).isPresent();
    store.rename(file, other);
  }

  private void write(FileStore store, String content) throws IOException {
    try (OutputStream out = store.create(file)) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private String content(Path of) throws IOException {
    try (var in = real.open(of)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> names() throws IOException {
    return real.list(file.getParent()).stream().map(FileEntry::name).toList();
  }
}
