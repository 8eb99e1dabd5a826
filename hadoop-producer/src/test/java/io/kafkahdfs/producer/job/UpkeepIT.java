package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.testkit.hadoop.InProcess.Result;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at exports, on what real runs have made. */
class UpkeepIT extends ExportFixture {
  @BeforeEach
  void writeInput() throws Exception {
    use(KafkaVersion.V0_9);
    write("a.txt", text(lines("a", 0, 30)));
    write("b.txt", text(lines("b", 0, 12)));
  }

  private Result command(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", new Path(folder, "state").toString()));
    return new ExportCommand(Servers.hdfs().configuration()).run(all.toArray(String[]::new));
  }

  private Result good(String... arguments) throws Exception {
    Result result = command(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return new ObjectMapper().readTree(good(all.toArray(String[]::new)).out());
  }

  @Test
  void aDoneExportIsSeenInStatusHistoryAndVerify() throws Exception {
    export("--format", "text", "--export-id", "lines");
    JsonNode status = json("status").get(0);
    assertThat(status.get("state").asText()).isEqualTo("exported");
    assertThat(status.get("records").asInt()).isEqualTo(42);
    assertThat(status.get("splitsDone")).isEqualTo(status.get("splits"));
    assertThat(good("status", "--export-id", "lines").out()).contains("lines", "exported", "42");

    export("--format", "text", "--export-id", "lines", "--again");
    assertThat(json("history")).hasSize(2);
    assertThat(good("history").out()).containsPattern("lines .*at-least-once +2 +42 +0 +0 +0");
    assertThat(good("verify").out()).contains("1 exports, 84 records");
  }

  @Test
  void anUnfinishedExportIsToldFromADoneOne() throws Exception {
    write("c.txt", new byte[] {});
    write("bad.avro", "no avro".getBytes(StandardCharsets.US_ASCII));
    Result failed = export("--format", "avro", "--export-id", "unlucky");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(good("status").out()).containsPattern("unlucky +unfinished");
    Result verified = command("verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).contains("unlucky", "is not done");
  }

  /** A task that is killed may leave half of its report. */
  @Test
  void halfAReportIsPassedOver() throws Exception {
    Result failed = export("--format", "text", "--key-separator", "|", "--export-id", "cut");
    assertThat(failed.exitCode()).isEqualTo(1);
    write(reports("cut"), "attempt_1.draft", "{".getBytes(StandardCharsets.US_ASCII));
    assertThat(good("status").out()).containsPattern("cut +unfinished");
  }

  private Path reports(String export) throws IOException {
    Path path = new Path(new Path(folder, "state"), export);
    for (FileStatus entry : files.listStatus(path)) {
      if (entry.getPath().getName().startsWith("round-")) {
        return new Path(entry.getPath(), "reports");
      }
    }
    throw new AssertionError("There is no round of " + export);
  }

  private void write(Path place, String name, byte[] content) throws IOException {
    try (OutputStream out = files.create(new Path(place, name))) {
      out.write(content);
    }
  }

  @Test
  void verifySeesFilesThatChangedSinceTheyWereSent() throws Exception {
    export("--format", "text", "--export-id", "lines");
    files.delete(new Path(input, "b.txt"), false);
    Result verified = command("verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).contains("lines", "b.txt is gone");
  }

  @Test
  void planShowsWhatAnExportWouldDo() throws Exception {
    String[] plan = {
      "plan",
      "--bootstrap-server",
      kafka().bootstrapServers(),
      "--input",
      input.toString(),
      "--topic",
      topic,
      "--format",
      "text"
    };
    assertThat(good(plan).out()).contains("Planned: export", "a.txt", "b.txt");
    assertThat(json(plan).get("topics").get(0).asText()).isEqualTo(topic);
    assertThat(command("status").err()).contains("no export", "--state");
  }

  @Test
  void anExportTellsItsFiguresToMonitoring(@TempDir java.nio.file.Path temporary) throws Exception {
    java.nio.file.Path metrics = temporary.resolve("lines.prom");
    export("--format", "text", "--metrics", metrics.toString());
    assertThat(Files.readString(metrics))
        .contains(
            "hdfs_to_kafka_last_run_exit_code{name=\"lines\"} 0.0",
            "hdfs_to_kafka_last_run_records{name=\"lines\"} 42.0");
  }

  @Test
  void anExportThatDoesNotExist() throws Exception {
    export("--format", "text", "--export-id", "lines");
    Result unknown = command("status", "--export-id", "nothing");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("no export nothing", "--export-id");
  }
}
