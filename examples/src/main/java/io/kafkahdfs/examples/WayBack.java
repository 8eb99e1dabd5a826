package io.kafkahdfs.examples;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the files on HDFS into a second topic, which is to hold what the first one holds. */
final class WayBack {
  private final KafkaTools tools;
  private final Shell shell;
  private final Narrator narrator;
  private final Topic source;
  private final Topic restored;
  private final ShellCommand export;

  /**
   * Creates the second topic.
   *
   * @param files where the first one's files are
   * @param format what they are
   */
  WayBack(
      Servers servers,
      Topic source,
      String files,
      FileFormat format,
      Shell shell,
      Narrator narrator)
      throws IOException {
    this.tools = servers.kafkaTools();
    this.shell = shell;
    this.narrator = narrator;
    this.source = source;
    this.restored = Topic.create(tools, "restored-" + source.name(), source.partitions());
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--bootstrap-server", servers.bootstrapServer());
    options.put("--input", files);
    options.put("--topic", restored.name());
    if (format != FileFormat.AVRO) {
      options.put("--format", format.id());
    }
    this.export = new ShellCommand("bin/hdfs-to-kafka", options);
  }

  ShellCommand export() {
    return export;
  }

  /**
   * Goes it.
   *
   * @return whether both topics hold the same
   */
  boolean tell() throws IOException, InterruptedException {
    narrator.chapter("And back: the files become a topic again");
    shell.run(export);

    narrator.chapter("Once more: it is done already");
    shell.run(export);
    narrator.say("");
    return isRestored();
  }

  private boolean isRestored() throws IOException {
    List<String> differences = source.content().differences(restored.content());
    if (!differences.isEmpty()) {
      narrator.say("WRONG: " + restored.name() + " is not what " + source.name() + " is.");
      differences.forEach(narrator::say);
      return false;
    }
    narrator.say(
        "Checked: all %s records are in %s as they are in %s: partition, order, %s."
            .formatted(
                Amounts.count(source.records()), restored.name(), source.name(), partsOfRecords()));
    return true;
  }

  private String partsOfRecords() {
    Set<Capability> can = tools.capabilities();
    List<String> parts = new ArrayList<>(List.of("keys", "values"));
    if (can.contains(Capability.HEADERS)) {
      parts.add("headers");
    }
    if (can.contains(Capability.TIMESTAMPS)) {
      parts.add("timestamps");
    }
    int last = parts.size() - 1;
    return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
