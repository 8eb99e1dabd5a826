package io.kafkahdfs.consumer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.Gate;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a run on YARN die one by one, while a mapper holds the run in its middle. */
class KilledOnYarnIT extends PackagedLoadFixture {
  @TempDir java.nio.file.Path temporary;
  private Gate gate;
  private YarnClient yarn;

  @BeforeEach
  void closeGate() throws IOException {
    gate = new Gate(FileSystem.get(configuration()), newFolder(), temporary);
    yarn = YarnClient.createYarnClient();
    yarn.init(new YarnConfiguration(Servers.hadoop().configuration()));
    yarn.start();
  }

  @AfterEach
  void endClient() {
    yarn.stop();
  }

  @Test
  void aJobWhoseDriverWasKilledCannotCommitAnyMore() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    gate.awaitAttempts(driver, 1);
    assertThat(driver.kill().exitCode()).isEqualTo(137);

    // It does not wait: the dead driver was on this host.
    InProcess.Result next = load();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
    List<FileEntry> files = landed.files(topic);

    gate.open();
    awaitNoJobs();
    assertThat(landed.files(topic)).isEqualTo(files);
    assertThat(landed.commit().number()).isEqualTo(1);
    send(0, 100, 110);
    assertThat(load().exitCode()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 110));
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }

  @Test
  void theNextRunEndsTheJobThatADeadDriverLeft() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    gate.awaitAttempts(driver, 1);
    driver.kill();

    CommandResult next = loadPackaged();
    assertThat(next.exitCode()).as(next.stderr()).isZero();
    assertThat(next.stderr()).contains("of an earlier run still runs. Ending it");
    // The gate is still shut: no task could have ended by itself.
    awaitNoJobs();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
  }

  /** It died when the cluster had taken its job, and before it had heard of that. */
  @Test
  void theNextRunEndsTheJobWhoseIdTheDriverNeverKnew() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    gate.awaitAttempts(driver, 1);
    driver.kill();
    Path run = landed.store().list(landed.state().staging()).get(0).path();
    Path remembered = new Path(run, "job.json");
    String json = new String(AtomicFile.read(landed.store(), remembered), UTF_8);
    landed.store().delete(remembered);
    try (OutputStream out = landed.store().create(remembered)) {
      out.write(json.replaceFirst("\"job_[0-9_]+\"", "null").getBytes(UTF_8));
    }

    CommandResult next = loadPackaged();
    assertThat(next.exitCode()).as(next.stderr()).isZero();
    assertThat(next.stderr()).contains("of an earlier run still runs. Ending it");
    // The gate is still shut: no task could have ended by itself.
    awaitNoJobs();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
  }

  @Test
  void aDriverThatIsStoppedEndsItsJobAndGivesTheLockBack() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    gate.awaitAttempts(driver, 1);
    driver.terminate();

    CommandResult stopped = await(driver);
    assertThat(stopped.exitCode()).as(stopped.stderr()).isEqualTo(143);
    assertThat(stopped.stderr())
        .contains("ERROR: Stopped by a signal.", "This run has committed nothing.");
    // The gate is still shut: no task could have ended by itself.
    awaitNoJobs();
    assertThat(landed.store().entry(LoadLock.file(landed.state().path()))).isEmpty();
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
    assertThat(landed.store().list(landed.state().commits())).isEmpty();
  }

  @Test
  void aTaskThatWasKilledIsDoneAgain() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    String attempt = gate.awaitAttempts(driver, 1).get(0);
    Servers.hadoop().killContainer("YarnChild", attempt);
    gate.open();
    landsAllOnce(driver);
  }

  @Test
  void anApplicationMasterThatWasKilledIsReplaced() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    gate.awaitAttempts(driver, 1);
    Servers.hadoop().killContainer("MRAppMaster", "");
    // The gate stays shut until the new master has started a task of its own.
    gate.awaitAttempts(driver, 2);
    gate.open();
    landsAllOnce(driver);
  }

  private RunningCommand startGated() {
    return startPackaged(gate.arguments(0).toArray(String[]::new));
  }

  private void awaitNoJobs() {
    EnumSet<YarnApplicationState> unfinished =
        EnumSet.of(
            YarnApplicationState.ACCEPTED,
            YarnApplicationState.SUBMITTED,
            YarnApplicationState.RUNNING);
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(yarn.getApplications(unfinished)).isEmpty());
  }

  private void landsAllOnce(RunningCommand driver) throws IOException {
    CommandResult result = await(driver);
    assertThat(result.exitCode()).as(result.stderr() + Servers.hadoop().containerLogs()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
    assertThat(landed.commit().number()).isEqualTo(1);
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }
}
