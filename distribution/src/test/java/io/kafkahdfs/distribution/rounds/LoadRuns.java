package io.kafkahdfs.distribution.rounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The load, run again and again as cron would. Not for several threads. */
final class LoadRuns {
  private static final Path JAR = Path.of("..", "hadoop-consumer", "target", "kafka-to-hdfs.jar");
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Fleet fleet;
  private final List<PartitionId> partitions;
  private final String output;
  private final Path summary;
  private final Journal journal;

  LoadRuns(
      Fleet fleet, List<PartitionId> partitions, String output, Path temporary, Journal journal) {
    this.fleet = fleet;
    this.partitions = partitions;
    this.output = output;
    this.summary = temporary.resolve("load.json");
    this.journal = journal;
  }

  /** Runs it once, and holds what it says against what could be read before. */
  int run() throws IOException {
    Map<Integer, Long> readable = readable(true);
    Files.deleteIfExists(summary);
    CommandResult result =
        fleet.run(
            Fleet.LOAD,
            JAR,
            List.of(
                "--bootstrap-server",
                fleet.kafka().bootstrapServers(),
                "--topic",
                partitions.get(0).topic(),
                "--output",
                output,
                "--codec",
                "deflate",
                "--maps",
                "3",
                "--timeout",
                "20s",
                "--summary",
                summary.toString()));
    ExitCodes.note(Fleet.LOAD, result, journal);
    if (result.exitCode() == 0) {
      Map<Integer, Long> next = next();
      readable.forEach(
          (partition, end) -> {
            if (next.getOrDefault(partition, 0L) < end) {
              journal.finding(
                  "A load ended with 0 at %s; %s could be read before it began"
                      .formatted(next, readable));
            }
          });
      if (!readable.isEmpty()) {
        journal.count("loads held against what could be read before");
      }
    }
    return result.exitCode();
  }

  private Map<Integer, Long> next() throws IOException {
    Map<Integer, Long> next = new TreeMap<>();
    for (JsonNode partition : new ObjectMapper().readTree(summary.toFile()).path("next")) {
      next.put(partition.path("partition").asInt(), partition.path("offset").asLong());
    }
    return next;
  }

  /**
   * Where each partition ends; empty if this Kafka, or its state, lets nobody say.
   *
   * @param committed whether for those who read committed records only
   */
  Map<Integer, Long> readable(boolean committed) {
    if (!fleet.transactions()) {
      // An older broker that has just begun to lead may know less than the one before it.
      return Map.of();
    }
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            fleet.kafka().bootstrapServers(),
            "isolation.level",
            committed ? "read_committed" : "read_uncommitted");
    Map<Integer, Long> ends = new TreeMap<>();
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      consumer
          .endOffsets(
              partitions.stream()
                  .map(id -> new TopicPartition(id.topic(), id.partition()))
                  .toList(),
              ANSWER)
          .forEach((id, end) -> ends.put(id.partition(), end));
      return ends;
    } catch (KafkaException e) {
      return Map.of();
    } finally {
      consumer.close(Duration.ZERO);
    }
  }

  /** {@code verify --deep}. */
  CommandResult verify() {
    return fleet.run("verify", JAR, List.of("verify", "--deep", "--output", output));
  }
}
