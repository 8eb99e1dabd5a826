package io.kafkahdfs.producer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code bin/hdfs-to-kafka} itself, with the packaged jar and the Hadoop client beside it. */
class LauncherScriptIT extends ExportFixture {
  private static final Path SCRIPT =
      Path.of("..", "bin", "hdfs-to-kafka").toAbsolutePath().normalize();

  /** Kafka's producer keeps up to 64 MiB of records that are on their way. */
  private static final String HEAP_MEGABYTES = "112";

  private static final int LARGE_LINES = 400;
  private static final int LARGE_LINE = 1_000_000;

  @TempDir Path temporary;

  @Test
  void tellsItsVersionAndWhatIsWrong() throws Exception {
    assertThat(run("--version"))
        .matches(o -> o.exitCode == 0 && o.output.contains("hdfs-to-kafka"));
    Outcome wrong = run("--no-such-option");
    assertThat(wrong.exitCode).isEqualTo(2);
    assertThat(wrong.errors).contains("--no-such-option");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void aFileManyTimesAsLargeAsTheHeapPasses(KafkaVersion kafka) throws Exception {
    use(kafka);
    topic = Servers.newTopic("much");
    kafka().tools().createTopic(topic, 1);
    writeLarge();
    Outcome outcome =
        run(
            "--bootstrap-server",
            kafka().bootstrapServers(),
            "--input",
            input.toString(),
            "--topic",
            topic,
            "--format",
            "text",
            "--compression",
            "gzip",
            "--batch-bytes",
            "512k",
            "--state",
            folder + "/state");
    assertThat(outcome.exitCode).as(outcome.errors).isZero();
    assertThat(outcome.output).contains(LARGE_LINES + " records");
    List<String> beginnings = new ArrayList<>();
    kafka()
        .tools()
        .read(
            new PartitionId(topic, 0),
            (offset, record) -> {
              assertThat(record.value()).hasSize(LARGE_LINE);
              beginnings.add(new String(record.value(), 0, 5, UTF_8));
            });
    assertThat(beginnings)
        .containsExactlyElementsOf(
            lines("", 0, LARGE_LINES).stream()
                .map(line -> (line + ".....").substring(0, 5))
                .toList());
  }

  /** Almost half a gigabyte of text, which takes less than one packed. */
  private void writeLarge() throws IOException {
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(
                    files.create(new org.apache.hadoop.fs.Path(input, "large.txt.gz"))),
                UTF_8))) {
      for (String line : lines("", 0, LARGE_LINES)) {
        out.write(line);
        out.write(".".repeat(LARGE_LINE - line.length()));
        out.write('\n');
      }
    }
  }

  private record Outcome(int exitCode, String output, String errors) {}

  private Outcome run(String... arguments) throws Exception {
    Path conf = Files.createDirectories(temporary.resolve("conf"));
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", Servers.hdfs().uri().toString());
    site.set("hadoop.tmp.dir", temporary.resolve("tmp").toString());
    try (var out = Files.newOutputStream(conf.resolve("core-site.xml"))) {
      site.writeXml(out);
    }
    Path output = temporary.resolve("output");
    Path errors = temporary.resolve("errors");
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // The machine may have a hadoop command: it must not be found.
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("KAFKA_HDFS_CLASS_ARCHIVE", "off");
    builder.environment().put("HADOOP_CONF_DIR", conf.toString());
    builder.environment().put("HADOOP_HEAPSIZE_MAX", HEAP_MEGABYTES);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(output), Files.readString(errors));
  }
}
