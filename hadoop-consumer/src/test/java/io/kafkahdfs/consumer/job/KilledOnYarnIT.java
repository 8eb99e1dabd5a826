package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a run on YARN die one by one, while a mapper holds the run in its middle. */
class KilledOnYarnIT extends PackagedLoadFixture {
  @TempDir java.nio.file.Path temporary;
  private Path gate;
  private YarnClient yarn;

  @BeforeEach
  void closeGate() throws IOException {
    gate = newFolder();
    landed.store().mkdirs(gate);
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
    awaitAttempts(driver, 1);
    assertThat(driver.kill().exitCode()).isEqualTo(137);

    // It does not wait: the dead driver was on this host.
    LoadCommand.Result next = load();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
    List<FileEntry> files = landed.files(topic);

    open();
    awaitNoJobs();
    assertThat(landed.files(topic)).isEqualTo(files);
    assertThat(landed.commit().number()).isEqualTo(1);
    send(0, 100, 110);
    assertThat(load().exitCode()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 110));
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }

  @Test
  void aTaskThatWasKilledIsDoneAgain() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    String attempt = awaitAttempts(driver, 1).get(0);
    kill("YarnChild", attempt);
    open();
    landsAllOnce(driver);
  }

  @Test
  void anApplicationMasterThatWasKilledIsReplaced() throws Exception {
    send(0, 0, 100);
    RunningCommand driver = startGated();
    awaitAttempts(driver, 1);
    kill("MRAppMaster", "");
    // The gate stays shut until the new master has started a task of its own.
    awaitAttempts(driver, 2);
    open();
    landsAllOnce(driver);
  }

  private RunningCommand startGated(String... more) throws IOException {
    java.nio.file.Path jar = jar(temporary.resolve("gate.jar"), GateMapper.class);
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(
        List.of(
            "-libjars",
            jar.toString(),
            "-D" + GateMapper.FOLDER + "=" + gate,
            "--mapper",
            GateMapper.class.getName()));
    return startPackaged(arguments.toArray(String[]::new));
  }

  /** Waits until so many attempts have come to the gate, and names them. */
  private List<String> awaitAttempts(RunningCommand driver, int count) throws IOException {
    boolean come = awaitWhile(driver, () -> landed.store().list(gate).size() >= count);
    assertThat(come).as(driver.stderr()).isTrue();
    return landed.store().list(gate).stream().map(FileEntry::name).toList();
  }

  private void open() throws IOException {
    landed.store().create(new Path(gate, GateMapper.OPEN)).close();
  }

  /** Kills a container's JVM: they all descend from this one. */
  private static void kill(String mainClass, String argument) {
    Optional<ProcessHandle> jvm =
        ProcessHandle.current()
            .descendants()
            .filter(
                process ->
                    process.info().command().filter(command -> command.endsWith("java")).isPresent()
                        && process
                            .info()
                            .commandLine()
                            .filter(line -> line.contains(mainClass) && line.contains(argument))
                            .isPresent())
            .findAny();
    assertThat(jvm).as(mainClass + " " + argument).isPresent();
    jvm.get().destroyForcibly();
    jvm.get().onExit().join();
  }

  private void awaitNoJobs() throws Exception {
    while (!yarn.getApplications(
            EnumSet.of(
                YarnApplicationState.ACCEPTED,
                YarnApplicationState.SUBMITTED,
                YarnApplicationState.RUNNING))
        .isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private void landsAllOnce(RunningCommand driver) throws IOException {
    CommandResult result = await(driver);
    assertThat(result.exitCode()).as(result.stderr() + Servers.hadoop().containerLogs()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, 100));
    assertThat(landed.commit().number()).isEqualTo(1);
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }
}
