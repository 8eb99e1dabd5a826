package io.kafkahdfs.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/quickstart} itself, on what this build has made. */
class QuickstartIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path SCRIPT = HOME.resolve("bin/quickstart");
  private static final int PATIENCE_MINUTES = 5;

  @TempDir Path temp;

  @Test
  void tellsAndChecksWhatLands() throws Exception {
    Run run = run("--events", "1000", "--seed", "7");

    assertThat(run.exitCode).as(run.output).isZero();
    assertThat(run.output)
        .contains("800 page views are in page-views, ")
        .contains("$ bin/kafka-to-hdfs \\\n    --bootstrap-server ")
        .contains("Commit 1: 800 records")
        .contains("Commit 2: 200 records")
        .contains("Nothing to do")
        .containsPattern("page-views-3-0{20}-\\d{20}\\.avro")
        .containsPattern("user-\\d{4} +null\n")
        .contains("Σπανακόπιτα", "富士山と桜", "מחנה יהודה", "🎉")
        .contains("\"number\" : 2,")
        .contains("all 1,000 records that were produced are in the files, each once, byte for byte")
        .contains("$ bin/hdfs-to-kafka \\\n    --bootstrap-server ")
        .containsPattern("Exported export-\\w+: 1,000 records in .* at-least-once\n")
        .contains("Already exported: 1,000 records")
        .contains(
            "all 1,000 records are in restored-page-views as they are in page-views:"
                + " partition, order, keys and values.");
  }

  @Test
  void landsTheLinesOfAFileAsTheyAre() throws Exception {
    Path file = temp.resolve("lines.txt");
    Files.write(file, "first\n\n\u00e9t\u00e9\nno\0text\r\nlast, without its end".getBytes(UTF_8));

    Run run =
        run(
            "--input",
            file.toString(),
            "--kafka",
            "4.4",
            "--format",
            "parquet",
            "--layout",
            "hourly");

    assertThat(run.exitCode).as(run.output).isZero();
    assertThat(run.output)
        .containsPattern("dt=\\d{4}-\\d\\d-\\d\\d/hour=\\d\\d/page-views-.*\\.parquet")
        .contains("4 lines of lines.txt are in page-views.")
        .contains("Commit 2: 1 records")
        .containsPattern("0 +0 +null +first\n")
        .contains("all 5 records that were produced")
        .containsPattern("Exported export-\\w+: 5 records in .* exactly-once\n")
        .contains("partition, order, keys, values, headers and timestamps.");
  }

  @Test
  void tellsATableOfIcebergOfEachCommit() throws Exception {
    Run run = run("--events", "500", "--iceberg");

    assertThat(run.exitCode).as(run.output).isZero();
    assertThat(run.output)
        .contains("-libjars ", "--iceberg-table lake.demo.page_views \\\n    --create-table\n")
        .containsPattern("\\d+ +1 +4 +400 +400\\n *\\d+ +2 +4 +100 +500\\n")
        .contains("all 500 records that were produced are in the files")
        .contains("all 500 records that were produced are in the table, each once, byte for byte");
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    Run noEvents = run("--events", "0");
    Run noFormat = run("--format", "text");
    Run noTable = run("--format", "orc", "--iceberg");
    Run noFile = run("--input", temp.resolve("nowhere").toString());

    assertThat(noEvents.exitCode).isEqualTo(2);
    assertThat(noEvents.output).contains("--events must be 1 or more, but is 0");
    assertThat(noFormat.exitCode).isEqualTo(2);
    assertThat(noFormat.output).contains("--format must be one of avro, json, parquet");
    assertThat(noTable.exitCode).isEqualTo(2);
    assertThat(noTable.output).contains("--iceberg lands parquet, so --format cannot be orc");
    assertThat(noFile.exitCode).isEqualTo(2);
    assertThat(noFile.output).contains("cannot read the file");
  }

  @Test
  void keepsItsServersUntilItIsEndedAndThenLeavesNone() throws Exception {
    Process quickstart = start("--events", "200", "--keep");
    List<ProcessHandle> servers;
    String configuration;
    try (BufferedReader output = quickstart.inputReader(UTF_8)) {
      String exported = readUntil(output, line -> line.startsWith("$ export HADOOP_CONF_DIR="));
      configuration = exported.replaceAll(".*=", "");
      assertThat(Path.of(configuration, "core-site.xml")).exists();
      String broker = readUntil(output, line -> line.startsWith("$ export KAFKA="));
      String dfs = readUntil(output, line -> line.startsWith("$ dfs()"));
      try (OutputStream input = quickstart.getOutputStream()) {
        input.write("typed by hand\n".getBytes(UTF_8));
        input.flush();
        assertThat(readUntil(output, line -> line.startsWith("Sent: ")))
            .matches("Sent: partition [0-3], offset \\d+");
        takeTheTour(String.join("\n", exported, broker, dfs).replaceAll("(?m)^\\$ ", ""));
        servers = quickstart.descendants().toList();
        quickstart.destroy();
        assertThat(quickstart.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      }
    } finally {
      quickstart.destroyForcibly();
    }
    assertThat(servers).isNotEmpty();
    for (ProcessHandle server : servers) {
      server.onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
    assertThat(Path.of(configuration).getParent()).doesNotExist();
  }

  /** Types what the tour in docs/operations.md says, into one shell. */
  private void takeTheTour(String before) throws Exception {
    String operations = Files.readString(HOME.resolve("docs/operations.md"));
    String tour = operations.substring(operations.indexOf("\n## A tour\n"));
    tour = tour.substring(0, tour.indexOf("\n## ", 1));
    StringBuilder script = new StringBuilder("set -eu\n").append(before).append('\n');
    Matcher block = Pattern.compile("(?s)```sh\n(.*?)```").matcher(tour);
    while (block.find()) {
      script.append(block.group(1).replace("target/tour", temp.resolve("tour").toString()));
    }
    Process shell =
        new ProcessBuilder("bash", "-c", script.toString())
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("Commit 3: 1 records", "page-views ends with exit code 0")
        .contains("Last commit:  3")
        .contains("kafka_to_hdfs_last_run_records{name=\"page-views\"} 1.0")
        .containsPattern("missing +1 +page-views/page-views-0-0{20}-\\d{20}\\.avro")
        .contains("exit code 1")
        .contains("Loaded 1 missing files with ", "by commit 4")
        .contains("All is as the commits say: 4 commits", "Went back to commit 0, by commit 5")
        .contains("All is as the commits say: 2 commits", "201 records", "each file read")
        .containsPattern("Removed 9 files, [0-9.]+ KiB, by commit 7")
        .contains(
            "/replayed/page-views/page-views-0-00000000000000000005-00000000000000000014.avro");
    assertThat(temp.resolve("tour/page-views.html")).isNotEmptyFile();
  }

  private static String readUntil(BufferedReader output, Predicate<String> wanted)
      throws IOException {
    List<String> read = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      read.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("It ended before it said that:\n" + String.join("\n", read));
  }

  /** What a run did; its errors are part of the output. */
  private record Run(int exitCode, String output) {}

  private static Run run(String... arguments) throws Exception {
    Process process = start(arguments);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // The build that runs this has made all that is needed, and must not be disturbed by another.
    builder.environment().put("QUICKSTART_BUILD", "no");
    return builder.start();
  }
}
