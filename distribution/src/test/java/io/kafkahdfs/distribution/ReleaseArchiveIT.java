package io.kafkahdfs.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.TestMetastore;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked and used as a user does. */
class ReleaseArchiveIT {
  /**
   * Which libraries' classes the jars hold; a class that belongs to none of them has no licence.
   */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("com/github/luben/zstd/", "com.github.luben:zstd-jni"),
          Map.entry("net/jpountz/", "at.yawk.lz4:lz4-java"),
          Map.entry("org/apache/iceberg/", "org.apache.iceberg:"),
          Map.entry("io/kafkahdfs/shaded/caffeine/", "com.github.ben-manes.caffeine:caffeine"),
          Map.entry("io/kafkahdfs/shaded/hc/", "org.apache.httpcomponents."),
          Map.entry("io/kafkahdfs/shaded/roaringbitmap/", "org.roaringbitmap:RoaringBitmap"),
          Map.entry("org/apache/kafka/", "org.apache.kafka:kafka-clients:3"),
          Map.entry("io/kafkahdfs/shaded/avro/", "org.apache.avro:avro"),
          Map.entry(
              "io/kafkahdfs/shaded/jackson/annotation/",
              "com.fasterxml.jackson.core:jackson-annotations"),
          Map.entry("io/kafkahdfs/shaded/jackson/core/", "com.fasterxml.jackson.core:jackson-core"),
          Map.entry(
              "io/kafkahdfs/shaded/jackson/databind/",
              "com.fasterxml.jackson.core:jackson-databind"),
          Map.entry("io/kafkahdfs/shaded/commons/codec/", "commons-codec:commons-codec"),
          Map.entry("io/kafkahdfs/shaded/commons/compress/", "org.apache.commons:commons-compress"),
          Map.entry("io/kafkahdfs/shaded/commons/io/", "commons-io:commons-io"),
          Map.entry("io/kafkahdfs/shaded/commons/lang3/", "org.apache.commons:commons-lang3"),
          Map.entry("io/kafkahdfs/shaded/commons/pool/", "commons-pool:commons-pool"),
          Map.entry("io/kafkahdfs/shaded/aircompressor/", "io.airlift:aircompressor"),
          // Two artifacts with packages in common.
          Map.entry("io/kafkahdfs/shaded/hive/", "org.apache.hive:"),
          Map.entry("io/kafkahdfs/shaded/thrift/", "org.apache.thrift:libthrift"),
          Map.entry("io/kafkahdfs/shaded/fb303/", "org.apache.thrift:libfb303"),
          Map.entry("io/kafkahdfs/shaded/commons/lang/", "commons-lang:commons-lang"),
          Map.entry("io/kafkahdfs/shaded/jts/", "org.locationtech.jts:jts-core"),
          // Several artifacts with packages in common.
          Map.entry("io/kafkahdfs/shaded/orc/", "org.apache.orc:"),
          Map.entry("io/kafkahdfs/shaded/parquet/", "org.apache.parquet:"),
          Map.entry("io/kafkahdfs/shaded/protobuf/", "com.google.protobuf:protobuf-java"),
          Map.entry("io/kafkahdfs/shaded/threeten/", "org.threeten:threeten-extra"),
          Map.entry("io/kafkahdfs/shaded/xz/", "org.tukaani:xz"),
          Map.entry("io/kafkahdfs/shaded/picocli/", "info.picocli:picocli"),
          Map.entry(
              "io/kafkahdfs/shaded/prometheus/metrics/config/",
              "io.prometheus:prometheus-metrics-config"),
          Map.entry(
              "io/kafkahdfs/shaded/prometheus/metrics/expositionformats/",
              "io.prometheus:prometheus-metrics-exposition-textformats"),
          Map.entry(
              "io/kafkahdfs/shaded/prometheus/metrics/model/",
              "io.prometheus:prometheus-metrics-model"),
          Map.entry("io/kafkahdfs/legacy/shaded/kafka/", "org.apache.kafka:kafka_2.11"),
          Map.entry(
              "io/kafkahdfs/legacy/shaded/org/apache/kafka/", "org.apache.kafka:kafka-clients:0.9"),
          Map.entry("io/kafkahdfs/legacy/shaded/scala/", "org.scala-lang:scala-library"),
          Map.entry(
              "io/kafkahdfs/legacy/shaded/com/yammer/metrics/", "com.yammer.metrics:metrics-core"),
          Map.entry("io/kafkahdfs/legacy/shaded/org/apache/log4j/", "org.slf4j:log4j-over-slf4j"),
          Map.entry("io/kafkahdfs/legacy/shaded/net/jpountz/", "net.jpountz.lz4:lz4"));

  @TempDir static Path parent;
  private static Release release;

  @BeforeAll
  static void unpack() throws Exception {
    release = Release.unpack(parent);
  }

  @Test
  void holdsWhatUsersNeedAndNoMore() throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(release.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        modes.put(
            release.folder().relativize(file).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    assertThat(modes.keySet())
        .contains(
            "LICENSE",
            "NOTICE",
            "README.md",
            "conf/kafka-to-hdfs.properties",
            "conf/hdfs-to-kafka.properties",
            "conf/logging/log4j.properties",
            "conf/cron/crontab",
            "conf/cron/environment",
            "conf/cron/logrotate",
            "conf/cron/run-load.sh",
            "conf/oozie/kafka-to-hdfs/coordinator.xml",
            "conf/oozie/hdfs-to-kafka/workflow.xml",
            "docs/operations.md",
            "docs/settings.md")
        .filteredOn(name -> name.startsWith("bin/") || name.startsWith("lib/"))
        .containsExactly(
            "bin/class-archive.sh",
            "bin/hdfs-to-kafka",
            "bin/kafka-to-hdfs",
            "bin/launch.sh",
            "lib/hdfs-to-kafka.jar",
            "lib/kafka-to-hdfs-hive.jar",
            "lib/kafka-to-hdfs-iceberg.jar",
            "lib/kafka-to-hdfs.jar");
    assertThat(modes)
        .allSatisfy(
            (name, mode) ->
                assertThat(mode).as(name).isEqualTo(isCommand(name) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static boolean isCommand(String name) {
    return List.of("bin/hdfs-to-kafka", "bin/kafka-to-hdfs", "conf/cron/run-load.sh")
        .contains(name);
  }

  @Test
  void isTheSameWhoeverBuildsItAndWhenever() throws Exception {
    CommandResult list =
        Release.run(
            Map.of("TZ", "UTC", "LC_ALL", "C"),
            parent,
            "tar",
            "--numeric-owner",
            "--full-time",
            "-tvzf",
            Release.archive().toString());
    assertThat(list.stdout().lines())
        .allMatch(line -> line.contains(" 0/0 ") && line.contains(" 2026-01-01 00:00:00 "));
    // The order that a disk gives them in would be another.
    assertThat(list.stdout().lines().map(line -> line.replaceAll(".* kafka-hdfs-[^/]*/", "")))
        .filteredOn(name -> name.matches("docs/[^/]+"))
        .hasSizeGreaterThan(2)
        .isSorted();
  }

  @Test
  void noticeNamesAllThatTheJarsHold() throws IOException {
    String notice = Files.readString(release.folder().resolve("NOTICE"), UTF_8);
    TreeSet<String> held = new TreeSet<>();
    for (String name :
        List.of("kafka-to-hdfs", "kafka-to-hdfs-iceberg", "kafka-to-hdfs-hive", "hdfs-to-kafka")) {
      try (JarFile jar = new JarFile(release.folder().resolve("lib/" + name + ".jar").toFile())) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(entry -> entry.endsWith(".class"))
            .filter(entry -> !isOurs(entry))
            .forEach(entry -> held.add(library(entry)));
      }
    }
    assertThat(held).hasSameSizeAs(LIBRARIES.keySet());
    assertThat(notice).contains(held);
    assertThat(notice.lines().filter(line -> line.startsWith("  ") && line.endsWith(")")))
        .allSatisfy(line -> assertThat(held).anyMatch(line::contains));
    assertThat(notice).contains("Copyright 2026", "BSD 3-Clause", "Apache");
    assertThat(Files.readString(release.folder().resolve("LICENSE"), UTF_8))
        .contains("Apache License", "Version 2.0, January 2004");
  }

  private static boolean isOurs(String entry) {
    return entry.startsWith("io/kafkahdfs/")
        && !entry.startsWith("io/kafkahdfs/shaded/")
        && !entry.startsWith("io/kafkahdfs/legacy/shaded/");
  }

  private static String library(String entry) {
    return LIBRARIES.entrySet().stream()
        .filter(library -> entry.startsWith(library.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the library of " + entry);
  }

  @Test
  void withoutHadoopItSaysWhatToInstall() throws Exception {
    CommandResult result =
        Release.run(Map.of("PATH", "/usr/bin:/bin"), parent, command("kafka-to-hdfs"), "--help");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr())
        .contains("no hadoop command", "Install the cluster's Hadoop client", "HADOOP_HOME")
        .doesNotContain("mvn");
  }

  @Test
  void loadsAndExportsWithTheHadoopOfTheMachine(@TempDir Path temporary) throws Exception {
    Path home = Servers.hadoopHome(temporary.resolve("hadoop"));
    Map<String, String> byHome = Map.of("HADOOP_HOME", home.toString());
    Map<String, String> byPath = Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    for (String name : List.of("kafka-to-hdfs", "hdfs-to-kafka")) {
      CommandResult version = Release.run(byPath, temporary, command(name), "--version");
      assertThat(version.stdout()).isEqualTo(name + " " + release.version() + "\n");
      CommandResult help = Release.run(byHome, temporary, command(name), "--help");
      assertThat(help.exitCode()).as(help.stderr()).isZero();
      assertThat(help.stdout()).contains("--bootstrap-server", "--config");
    }

    String from = Servers.newTopic("from");
    String to = Servers.newTopic("to");
    var tools = Servers.kafka().tools();
    tools.createTopic(from, 1);
    tools.createTopic(to, 1);
    tools.send(new PartitionId(from, 0), TestRecord.of("a", "1"), TestRecord.of("b", "2"));
    String output = Servers.hadoop().root() + "release/out";

    CommandResult load =
        Release.run(
            byHome,
            temporary,
            command("kafka-to-hdfs"),
            "--bootstrap-server",
            Servers.kafka().bootstrapServers(),
            "--topic",
            from,
            "--output",
            output);
    assertThat(load.exitCode()).as(load.stderr()).isZero();
    assertThat(load.stdout()).contains("Commit 1: 2 records");

    CommandResult export =
        Release.run(
            byPath,
            temporary,
            command("hdfs-to-kafka"),
            "--bootstrap-server",
            Servers.kafka().bootstrapServers(),
            "--input",
            output + "/" + from,
            "--topic",
            to);
    assertThat(export.exitCode()).as(export.stderr()).isZero();
    // A transaction's marker takes an offset too.
    assertThat(tools.offsets(new PartitionId(to, 0))).containsExactly(0L, 1L);
  }

  @Test
  void tellsATableOfHive(@TempDir Path temporary) throws Exception {
    Path home = Servers.hadoopHome(temporary.resolve("hadoop"));
    String topic = Servers.newTopic("from");
    Servers.kafka().tools().createTopic(topic, 1);
    Servers.kafka().tools().send(new PartitionId(topic, 0), TestRecord.of("a", "1"));
    try (TestMetastore metastore = TestMetastore.start(Servers.hadoop().uri())) {
      List<String> load =
          List.of(
              command("kafka-to-hdfs"),
              "-libjars",
              release.folder().resolve("lib/kafka-to-hdfs-hive.jar").toString(),
              "-D",
              "hive.metastore.uris=" + metastore.uri(),
              "--bootstrap-server",
              Servers.kafka().bootstrapServers(),
              "--topic",
              topic,
              "--output",
              Servers.hadoop().root() + "release/hive",
              "--format",
              "parquet",
              "--layout",
              "daily",
              "--hive-table",
              "default.events");
      List<String> creating = new ArrayList<>(load);
      creating.add("--create-table");

      CommandResult first =
          Release.run(
              Map.of("HADOOP_HOME", home.toString()), temporary, creating.toArray(String[]::new));

      assertThat(first.exitCode()).as(first.stderr()).isZero();
      assertThat(first.stdout()).contains("Commit 1: 1 records");
      // The table is there now.
      CommandResult second =
          Release.run(
              Map.of("HADOOP_HOME", home.toString()), temporary, load.toArray(String[]::new));
      assertThat(second.exitCode()).as(second.stderr()).isZero();
      metastore.stop();
      CommandResult alone =
          Release.run(
              Map.of("HADOOP_HOME", home.toString()), temporary, load.toArray(String[]::new));
      assertThat(alone.exitCode()).isEqualTo(1);
      assertThat(alone.stderr()).contains("The metastore " + metastore.uri() + " cannot tell");
    }
  }

  private static String command(String name) {
    return release.folder().resolve("bin").resolve(name).toString();
  }
}
