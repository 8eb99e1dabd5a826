package io.kafkahdfs.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code conf/cron}: what a crontab runs, and when it calls for a human. */
class CronIT {
  private static final Path CRON = Path.of("../conf/cron").toAbsolutePath().normalize();

  @TempDir Path temporary;
  private Path logs;
  private Path alerts;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws IOException {
    logs = Files.createDirectory(temporary.resolve("my logs"));
    alerts = Files.createFile(temporary.resolve("alerts"));
    Path alert = command("alert", "printf '%s\\n' \"$1\" >>'" + alerts + "'\n");
    environment = new TreeMap<>(Map.of("LOG_DIR", logs.toString(), "ALERT", alert.toString()));
  }

  private Path command(String name, String script) throws IOException {
    Path file = Files.writeString(temporary.resolve(name), "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** Runs a command that ends with an exit code. */
  private CommandResult run(int code) throws Exception {
    return run("fake \"load", "sh", "-c", "echo 'two  words'; echo oh >&2; exit " + code);
  }

  private CommandResult run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(CRON.resolve("run-load.sh").toString()));
    all.addAll(List.of(arguments));
    return Release.run(environment, temporary, all.toArray(String[]::new));
  }

  private List<String> alerts() throws IOException {
    return Files.readAllLines(alerts);
  }

  @Test
  void aRunThatIsDoneIsLoggedAndSilent() throws Exception {
    assertThat(run(0)).isEqualTo(new CommandResult(0, "", ""));
    run(0);
    assertThat(alerts()).isEmpty();
    String stamp = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ fake \"load ";
    String once = stamp + "begins\ntwo  words\noh\n" + stamp + "ends with exit code 0\n";
    assertThat(logs.resolve("fake \"load.log")).content().matches(once + once);
  }

  @ParameterizedTest
  @CsvSource({"1, it failed", "2, a setting is wrong", "4, retention removed", "137, it failed"})
  void whatRunningAgainDoesNotMendCallsAtOnce(int code, String what) throws Exception {
    assertThat(run(code)).isEqualTo(new CommandResult(code, "", ""));
    run(code);
    assertThat(alerts())
        .hasSize(2)
        .allSatisfy(
            alert ->
                assertThat(alert)
                    .startsWith("fake \"load: " + what)
                    .contains("(exit code " + code + ")", logs + "/fake \"load.log"));
  }

  @Test
  void whatMayMendItselfCallsAfterSomeRunsInARow() throws Exception {
    for (int code : List.of(5, 6, 0, 5, 5)) {
      assertThat(run(code).exitCode()).isEqualTo(code);
      assertThat(alerts()).isEmpty();
    }
    run(5);
    assertThat(alerts())
        .singleElement()
        .asString()
        .contains("Kafka is not reachable, 3 runs in a row (exit code 5)");
    run(6);
    run(6);
    assertThat(alerts()).hasSize(1);
    run(6);
    assertThat(alerts()).hasSize(2).last().asString().contains("HDFS is not usable, 6 runs");
  }

  @Test
  void beingBusyCallsWhenItLasts() throws Exception {
    environment.put("ALERT_BUSY", "2");
    for (int code : List.of(5, 3, 0, 3)) {
      run(code);
    }
    assertThat(alerts()).isEmpty();
    run(3);
    assertThat(alerts()).singleElement().asString().contains("another run", "2 runs in a row");

    environment.put("ALERT_BUSY", "0");
    run(3);
    run(3);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void withoutAnAlertCommandCronMailsTheMessage() throws Exception {
    environment.remove("ALERT");
    assertThat(run(4).stderr()).startsWith("fake \"load: retention removed records");
    environment.put("ALERT", "/nowhere/alert");
    assertThat(run(4).stderr())
        .contains("retention removed", "alert command /nowhere/alert failed");
  }

  @Test
  void whatIsSetUpWronglyCallsToo() throws Exception {
    assertThat(run("only-a-name").exitCode()).isEqualTo(2);
    environment.put("ALERT_BUSY", "often");
    assertThat(run(0).exitCode()).isEqualTo(2);
    assertThat(alerts()).singleElement().asString().contains("ALERT_BUSY", "'often'");
    environment.remove("ALERT_BUSY");
    environment.put("LOG_DIR", temporary + "/missing");
    assertThat(run(0).exitCode()).isEqualTo(1);
    assertThat(alerts()).last().asString().contains("no writable folder " + temporary + "/missing");
  }

  /** The sample crontab's own line, in cron's own poor environment. */
  @Test
  void theCrontabRunsTheRealCommand() throws Exception {
    Path release = Release.unpack(temporary).folder();
    Path home = Servers.hadoopHome(temporary.resolve("hadoop"));
    String topic = Servers.newTopic("cron");
    Servers.kafka().tools().createTopic(topic, 1);
    Servers.kafka().tools().send(new PartitionId(topic, 0), TestRecord.of("k", "v"));
    Path etc = Files.createDirectory(temporary.resolve("etc"));
    Files.writeString(
        etc.resolve("page-views.properties"),
        "load.bootstrap.server=%s\nload.topic=%s\nload.output=/cron/%s\n"
            .formatted(Servers.kafka().bootstrapServers(), topic, topic));
    Files.writeString(
        etc.resolve("environment"),
        here(Files.readString(CRON.resolve("environment")), release, etc)
            .replace("/usr/lib/jvm/java-17", System.getProperty("java.home"))
            .replace("/opt/hadoop", home.toString())
            .replace("/var/log/kafka-hdfs", "'" + logs + "'"));
    String line =
        Files.readAllLines(CRON.resolve("crontab")).stream()
            .filter(each -> each.contains("page-views.properties"))
            .map(each -> here(each, release, etc).replaceFirst("^(\\S+ +){5}etl +", ""))
            .findFirst()
            .orElseThrow();

    CommandResult result =
        Release.run(
            Map.of(), temporary, "env", "-i", "PATH=/usr/bin:/bin", "HOME=/", "sh", "-c", line);

    assertThat(result).isEqualTo(new CommandResult(0, "", ""));
    assertThat(logs.resolve("page-views.log")).content().contains("Commit 1: 1 records");
  }

  private static String here(String text, Path release, Path etc) {
    return text.replace("/opt/kafka-hdfs", release.toString())
        .replace("/etc/kafka-hdfs", etc.toString());
  }
}
