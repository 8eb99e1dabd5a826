package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.testkit.hadoop.InProcess;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Two loads of one output that start at the same moment. */
class TwoLoadsIT extends LoadFixture {
  private static final int BUSY = 3;

  private final ExecutorService drivers = Executors.newFixedThreadPool(2);
  private final CyclicBarrier start = new CyclicBarrier(2);

  @AfterEach
  void end() {
    drivers.shutdownNow();
  }

  @RepeatedTest(10)
  void oneLandsAllAndTheOtherStandsBack() throws Exception {
    send(0, 0, 50);
    send(1, 0, 20);
    loadTwice(1);
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 50), rows(1, 0, 20)));

    send(0, 50, 60);
    loadTwice(2);
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 60), rows(1, 0, 20)));
  }

  private void loadTwice(long commit) throws Exception {
    Future<InProcess.Result> one = drivers.submit(this::loadWithTheOther);
    Future<InProcess.Result> other = drivers.submit(this::loadWithTheOther);
    List<InProcess.Result> results = List.of(one.get(), other.get());

    assertThat(results)
        .filteredOn(result -> result.out().contains("Commit " + commit + ":"))
        .as(results.toString())
        .hasSize(1)
        .allMatch(result -> result.exitCode() == 0);
    assertThat(results)
        .filteredOn(result -> !result.out().contains("Commit " + commit + ":"))
        .as(results.toString())
        .hasSize(1)
        .allMatch(
            result ->
                result.exitCode() == 0 && result.out().contains("Nothing to do")
                    || result.exitCode() == BUSY && result.err().contains("Another run"));
    assertThat(landed.commit().number()).isEqualTo(commit);
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
    assertThat(landed.store().entry(LoadLock.file(landed.state().path()))).isEmpty();
  }

  private InProcess.Result loadWithTheOther() throws Exception {
    start.await();
    return load();
  }
}
