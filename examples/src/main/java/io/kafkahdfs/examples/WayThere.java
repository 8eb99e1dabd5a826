package io.kafkahdfs.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/** From a topic to HDFS, and again when more has come. */
final class WayThere {
  static final String TOPIC = "page-views";

  private static final String BY_TOPIC = "topic";
  private static final int PARTITIONS = 4;

  private final Shell shell;
  private final Narrator narrator;
  private final Topic topic;
  private final ShellCommand load;
  private final Landing landing;
  private final Optional<LakeTable> table;

  /**
   * Creates the topic.
   *
   * @param home the checkout
   * @param iceberg whether a table is told, too
   */
  WayThere(
      Path home,
      Servers servers,
      FileFormat format,
      String layout,
      boolean iceberg,
      Shell shell,
      Narrator narrator)
      throws IOException {
    this.shell = shell;
    this.narrator = narrator;
    this.topic = Topic.create(servers.kafkaTools(), TOPIC, PARTITIONS);
    String output = servers.hdfs() + "/landing";
    String warehouse = servers.hdfs() + "/warehouse";
    Map<String, String> options = new LinkedHashMap<>();
    if (iceberg) {
      options.putAll(LakeTable.hadoopOptions(home, warehouse));
    }
    options.put("--bootstrap-server", servers.bootstrapServer());
    options.put("--topic", TOPIC);
    options.put("--output", output);
    if (format != FileFormat.AVRO) {
      options.put("--format", format.id());
    }
    if (!layout.equals(BY_TOPIC)) {
      options.put("--layout", layout);
      if (!servers.kafkaTools().capabilities().contains(Capability.TIMESTAMPS)) {
        // Records of this Kafka have no time of their own.
        options.put("--time", "run");
      }
    }
    if (iceberg) {
      options.putAll(LakeTable.options());
    }
    this.load = new ShellCommand("bin/kafka-to-hdfs", options);
    this.landing = new Landing(servers.fileSystem(), new org.apache.hadoop.fs.Path(output), format);
    this.table =
        iceberg
            ? Optional.of(new LakeTable(servers.fileSystem().getConf(), warehouse))
            : Optional.empty();
  }

  Topic topic() {
    return topic;
  }

  ShellCommand load() {
    return load;
  }

  /** Where the topic's files are. */
  String files() {
    return load.options().get("--output") + "/" + TOPIC;
  }

  /**
   * Goes it.
   *
   * @param what what the records are called
   * @param first how many of them the first load finds
   * @param later how many come then
   * @return whether what has landed is what was sent
   */
  boolean tell(Iterator<TestRecord> records, String what, long first, long later)
      throws IOException, InterruptedException {
    narrator.chapter("A topic with " + PARTITIONS + " partitions");
    topic.send(records, first);
    narrator.say(
        Amounts.count(topic.records()) + " " + what + " are in " + TOPIC + nullsAmongThem() + ".");

    narrator.chapter("The first load takes everything");
    shell.run(load);

    narrator.chapter(Amounts.count(later) + " more come; the next load takes only those");
    topic.send(records, later);
    shell.run(load);

    narrator.chapter("Nothing new: nothing is done");
    shell.run(load);

    narrator.chapter("The files");
    listFiles();

    narrator.chapter("Some of their records");
    boolean right =
        new Check(topic).holds(reader -> landing.read(TOPIC, reader), "files", narrator::say);

    narrator.chapter("The checkpoint, in the last commit");
    showCheckpoint();
    return table.isPresent() ? showTable(table.get()) && right : right;
  }

  private boolean showTable(LakeTable shown) throws IOException {
    narrator.chapter("The table, as Iceberg reads it: a snapshot for each commit");
    narrator.say(shown.snapshots().stripTrailing());
    narrator.say("");
    return new Check(topic).holds(shown::read, "table", narrator::say);
  }

  private String nullsAmongThem() {
    return topic.nullValues() == 0
        ? ""
        : ", " + Amounts.count(topic.nullValues()) + " of them without a value";
  }

  private void listFiles() throws IOException {
    Table table = new Table("bytes", "file in " + files());
    for (FileStatus file : landing.files(TOPIC)) {
      table.row(Amounts.count(file.getLen()), landing.name(TOPIC, file));
    }
    narrator.say(table.toString().stripTrailing());
  }

  private void showCheckpoint() throws IOException {
    org.apache.hadoop.fs.Path file = landing.lastCommit();
    JsonNode commit = landing.json(file);
    narrator.say(file.toUri().getPath());
    narrator.say("");
    narrator.say("{");
    for (String field : List.of("number", "user", "started", "committed")) {
      narrator.say("  \"" + field + "\" : " + commit.get(field) + ",");
    }
    narrator.say("  ...");
    narrator.say("  \"next\" : [");
    List<String> next = new ArrayList<>();
    commit.get("next").forEach(entry -> next.add("    " + entry));
    narrator.say(String.join(",\n", next));
    narrator.say("  ],");
    narrator.say("  ...");
    narrator.say("}");
  }
}
