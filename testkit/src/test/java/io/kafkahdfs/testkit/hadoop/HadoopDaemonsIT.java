package io.kafkahdfs.testkit.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopDaemonsIT {
  @TempDir static java.nio.file.Path temp;
  private static HadoopDaemons hadoop;
  private static java.nio.file.Path jar;

  @BeforeAll
  static void start() throws IOException {
    jar = jar(UpperCaseJob.class, UpperCaseJob.Upper.class);
    hadoop = HadoopDaemons.start();
  }

  @AfterAll
  static void stop() {
    hadoop.close();
  }

  @Test
  void runsAJobOnYarn() throws IOException {
    FileStore store = HadoopFileStore.of(hadoop.root(), hadoop.configuration());
    Path input = new Path(hadoop.root(), "input");
    try (OutputStream out = store.create(input)) {
      out.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
    }

    CommandResult result =
        hadoop.hadoopJar(jar, UpperCaseJob.class.getName(), input.toString(), "/output");

    assertThat(result.exitCode()).as(result.stderr() + hadoop.containerLogs()).isZero();
    assertThat(result.stdout()).isEqualTo("done: true\n");
    CommandResult shell = hadoop.hdfsDfs("-cat", "/output/part-m-00000");
    assertThat(shell.stdout()).isEqualTo("ONE\nTWO\n");
    assertThat(hadoop.containerLogs()).contains("MRAppMaster");
  }

  @Test
  void tellsTheExitCodeAndWhatWentWrong() {
    CommandResult result =
        hadoop.hadoopJar(jar, UpperCaseJob.class.getName(), "/missing", "/nothing");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("Input path does not exist");
  }

  @Test
  void aCommandCanBeKilled() {
    RunningCommand command =
        hadoop.startHadoopJar(
            jar, List.of(UpperCaseJob.class.getName(), "/input", "/killed"), Map.of());

    CommandResult result = command.kill();

    assertThat(result.exitCode()).isEqualTo(137);
    assertThat(command.isAlive()).isFalse();
  }

  @Test
  void aDaemonCanBeKilledAndStartedAgainAndHalted() throws IOException {
    FileStore store = HadoopFileStore.of(hadoop.root(), hadoop.configuration());
    Path kept = new Path(hadoop.root(), "kept");
    try (OutputStream out = store.create(kept)) {
      out.write('x');
    }

    hadoop.daemon("namenode").kill();
    hadoop.restart("namenode");
    hadoop.awaitReady();
    hadoop.daemon("nodemanager").suspend();
    hadoop.daemon("nodemanager").resume();

    assertThat(hadoop.hdfsDfs("-cat", kept.toString()).stdout()).isEqualTo("x");
    hadoop.awaitReady();
  }

  private static java.nio.file.Path jar(Class<?>... classes) throws IOException {
    java.nio.file.Path file = temp.resolve("job.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> each : classes) {
        String name = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = each.getResourceAsStream("/" + name)) {
          in.transferTo(out);
        }
      }
    }
    return file;
  }
}
