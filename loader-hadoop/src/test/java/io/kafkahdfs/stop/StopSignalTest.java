package io.kafkahdfs.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.LoaderException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.util.ShutdownHookManager;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  @Test
  void theProcessStaysUntilTheCommandHasEnded() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CompletableFuture<Void> process;
    try (StopSignal signal = StopSignal.listen()) {
      signal.onRequest(told::countDown);
      process = CompletableFuture.runAsync(signal::stop);
      told.await();
      assertThat(process).isNotDone();
      assertThatThrownBy(() -> signal.check("Nothing landed."))
          .isInstanceOf(LoaderException.class)
          .hasMessage("Stopped by a signal. Nothing landed.");
    }
    process.get();
  }

  @Test
  void whatIsBegunAfterTheSignalEndsToo() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch toldLater = new CountDownLatch(1);
    try (StopSignal signal = StopSignal.listen()) {
      signal.onRequest(
          () -> {
            told.countDown();
            throw new IllegalStateException("The cluster does not answer");
          });
      CompletableFuture.runAsync(signal::stop);
      told.await();
      signal.onRequest(toldLater::countDown);
      assertThat(toldLater.getCount()).isZero();
    }
  }

  @Test
  void nothingIsLeftOfACommandThatEndedByItself() throws Exception {
    StopSignal signal = StopSignal.listen();
    assertThat(ShutdownHookManager.get().hasShutdownHook(signal.hook())).isTrue();
    signal.check("It does not end here.");
    signal.close();
    assertThat(ShutdownHookManager.get().hasShutdownHook(signal.hook())).isFalse();
  }
}
