package io.kafkahdfs.distribution.rounds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;

/**
 * Exports, one after the other, each run again until it is done, as cron would. Not for several
 * threads.
 */
final class ExportRuns {
  private static final Path JAR = Path.of("..", "hadoop-producer", "target", "hdfs-to-kafka.jar");
  private static final int FILES = 2;
  private static final int LINES = 900;

  private final Fleet fleet;
  private final String topic;
  private final Path summary;
  private final Journal journal;
  private final List<String> lines = new ArrayList<>();
  private int exports;
  private boolean done;
  private long mayBeRepeated;

  ExportRuns(Fleet fleet, String topic, Path temporary, Journal journal) {
    this.fleet = fleet;
    this.topic = topic;
    this.summary = temporary.resolve("export.json");
    this.journal = journal;
  }

  /** All lines that were to be sent. */
  List<String> lines() {
    return lines;
  }

  /** How many of them may be there twice, as the runs have said. */
  long mayBeRepeated() {
    return mayBeRepeated;
  }

  /** Writes the input of the next export. */
  void writeInput() throws IOException {
    exports++;
    done = false;
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < LINES; line++) {
        String value = "export-%d-%d-%d".formatted(exports, file, line);
        lines.add(value);
        text.append(value).append('\n');
      }
      write("part-" + file, text.toString().getBytes(UTF_8));
    }
  }

  /** Writes until HDFS has it, however it fails meanwhile. */
  private void write(String name, byte[] content) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(input(), name);
    FileSystem files = FileSystem.get(fleet.hadoop().uri(), fleet.hadoop().configuration());
    await("HDFS has " + file)
        .atMost(Fleet.LONGEST)
        .until(
            () -> {
              try (OutputStream out = files.create(file, true)) {
                out.write(content);
              } catch (IOException e) {
                journal.count("inputs written again");
                return false;
              }
              return true;
            });
  }

  private String input() {
    return fleet.hadoop().root() + "exports/in-" + exports;
  }

  private String state() {
    return fleet.hadoop().root() + "exports/state";
  }

  /** Runs the latest export once. */
  int run() throws IOException {
    Files.deleteIfExists(summary);
    List<String> arguments = new ArrayList<>();
    if (fleet.transactions()) {
      arguments.add("-Dkafka.transaction.timeout.ms=10000");
    }
    arguments.addAll(
        List.of(
            "--bootstrap-server",
            fleet.kafka().bootstrapServers(),
            "--input",
            input(),
            "--topic",
            topic,
            "--format",
            "text",
            "--maps",
            String.valueOf(FILES),
            "--max-rate",
            "200r",
            "--commit-interval",
            "2s",
            "--timeout",
            "20s",
            "--state",
            state(),
            "--summary",
            summary.toString()));
    CommandResult result = fleet.run(Fleet.EXPORT, JAR, arguments);
    ExitCodes.note(Fleet.EXPORT, result, journal);
    if (result.exitCode() == 0) {
      var told = new ObjectMapper().readTree(summary.toFile());
      if (told.path("records").asLong() != FILES * LINES) {
        journal.finding("An export ended with 0: " + told);
      }
      if (!done) {
        mayBeRepeated += told.path("maybeRepeated").asLong();
      } else if (!told.path("outcome").asText().equals("already-exported")) {
        journal.finding("An export that was done was begun again: " + told);
      }
      done = true;
    }
    return result.exitCode();
  }

  /** {@code verify --deep}. */
  CommandResult verify() {
    return fleet.run("verify", JAR, List.of("verify", "--deep", "--state", state()));
  }
}
