package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import io.kafkahdfs.testkit.store.InjectedFaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileEndingsTest {
  private static final Path FOLDER = new Path("/staging/attempt");

  private final FileStore store = new InMemoryFileStore();

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        FileEndings.SMALL - 1,
        FileEndings.SMALL,
        FileEndings.SMALL + 1,
        3 * FileEndings.SMALL + 7
      })
  void aFileOfAnyLengthIsWholeInTheEnd(int length) throws IOException {
    byte[] content = new byte[length];
    Random random = new Random(length);
    random.nextBytes(content);
    FileEndings endings = new FileEndings(store);
    try (OutputStream out = endings.create(new Path("/file"))) {
      for (int at = 0; at < length; ) {
        int piece = Math.min(length - at, random.nextInt(100_000));
        out.write(content, at, piece);
        at += piece;
      }
    }
    endings.finish();

    try (InputStream in = store.open(new Path("/file"))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void filesEndSideBySide() throws IOException {
    // Each is only created when others are about to be, too.
    CyclicBarrier together = new CyclicBarrier(FileEndings.AT_ONCE);
    FileEndings endings = new FileEndings(new Meeting(store, together::await));
    for (int i = 0; i < 3 * FileEndings.AT_ONCE; i++) {
      endings.create(new Path("/" + i)).close();
    }
    endings.finish();

    assertThat(store.list(new Path("/"))).hasSize(3 * FileEndings.AT_ONCE);
  }

  @Test
  void whatIsGivenUpDoesNotAppearLater() throws IOException, InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    FileEndings endings =
        new FileEndings(
            new Meeting(
                store,
                () -> {
                  begun.countDown();
                  never.await();
                }));
    OutputStream open = endings.create(new Path("/open"));
    endings.create(new Path("/ending")).close();
    begun.await();
    endings.close();
    open.close();

    assertThat(store.list(new Path("/"))).isEmpty();
  }

  /** What fails aside fails the attempt, whichever file and whichever of its operations it was. */
  @ParameterizedTest
  @EnumSource(Moment.class)
  void noFailureIsOverlooked(Moment moment) throws IOException {
    int faults = 0;
    while (true) {
      FaultyFileStore faulty = FaultyFileStore.failing(new InMemoryFileStore(), faults + 1, moment);
      LaneWriter writer = writer(faulty);
      if (!strikes(faulty, writer)) {
        break;
      }
      faults++;
      assertThatThrownBy(() -> writeAndFinish(writer)).isInstanceOf(IllegalStateException.class);
    }
    // The folder, and each file's beginning, content and end.
    assertThat(faults).isEqualTo(1 + 3 * 20);
  }

  private static boolean strikes(FaultyFileStore faulty, LaneWriter writer) {
    try {
      writeAndFinish(writer);
      assertThat(faulty.faulted()).isFalse();
      return false;
    } catch (InjectedFaultException e) {
      return true;
    } catch (IOException e) {
      throw new AssertionError("Another failure than the one that was caused", e);
    }
  }

  @Test
  void anErrorIsNotOverlookedEither() {
    LaneWriter writer = writer(FaultyFileStore.halting(store, 3, Moment.BEFORE));
    assertThatThrownBy(() -> writeAndFinish(writer)).isInstanceOf(HaltedError.class);
  }

  private static LaneWriter writer(FileStore store) {
    return new LaneWriter(
        StagedFiles.sideBySide(store, FOLDER, new Configuration(false)),
        "run-00003",
        new PathLayout(FilePer.PARTITION),
        EncodeSettings.of(FileFormat.TEXT),
        new LaneWriter.Limits(1 << 20, 1, 1000));
  }

  private static List<WrittenFile> writeAndFinish(LaneWriter writer) throws IOException {
    KafkaRecord record = new KafkaRecord();
    for (int partition = 0; partition < 20; partition++) {
      record.setPosition(new PartitionId("events", partition), 7);
      record.value().set(new byte[] {'v'});
      writer.write(record);
    }
    return writer.finish();
  }

  /** Lets whoever creates a file wait before. */
  private static final class Meeting extends ForwardingFileStore {
    private final Wait wait;

    interface Wait {
      void await() throws InterruptedException, BrokenBarrierException;
    }

    Meeting(FileStore store, Wait wait) {
      super(store);
      this.wait = wait;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      try {
        wait.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IOException(e);
      }
      return super.create(file);
    }
  }
}
