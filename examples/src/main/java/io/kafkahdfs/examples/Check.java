package io.kafkahdfs.examples;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads back all that has landed, shows some of it, and holds it against what was produced. */
final class Check {
  private final Topic topic;

  Check(Topic topic) {
    this.topic = topic;
  }

  /**
   * Looks at all records.
   *
   * @param console gets some of the records and the verdict
   * @return whether every record has landed, once, as it was sent
   */
  boolean holds(Landing landing, Consumer<String> console) throws IOException {
    List<Fingerprint> produced = topic.produced();
    List<Fingerprint> landed = new ArrayList<>();
    produced.forEach(partition -> landed.add(new Fingerprint()));
    Samples samples = new Samples();
    landing.read(
        topic.name(),
        record -> {
          landed.get(record.partition()).add(record.offset(), record.key(), record.value());
          samples.offer(record);
        });
    console.accept(table(samples).stripTrailing());
    console.accept("");
    List<String> differences = differences(produced, landed);
    if (differences.isEmpty()) {
      console.accept(
          "Checked: all %s records that were produced are in the files, each once, byte for byte."
              .formatted(Amounts.count(topic.records())));
      return true;
    }
    console.accept("WRONG: what is in the files is not what was produced.");
    differences.forEach(console);
    return false;
  }

  private static List<String> differences(List<Fingerprint> produced, List<Fingerprint> landed) {
    List<String> differences = new ArrayList<>();
    for (int partition = 0; partition < produced.size(); partition++) {
      Fingerprint sent = produced.get(partition);
      Fingerprint found = landed.get(partition);
      if (sent.records() != found.records()) {
        differences.add(
            "Partition %d: %d records were produced, %d are in the files."
                .formatted(partition, sent.records(), found.records()));
      } else if (!sent.checksum().equals(found.checksum())) {
        differences.add(
            "Partition %d: %d records, as many as were produced, but not the same ones."
                .formatted(partition, sent.records()));
      }
    }
    return differences;
  }

  private static String table(Samples samples) {
    Table table = new Table("partition", "offset", "key", "value");
    for (Landing.Record record : samples.chosen()) {
      table.row(
          record.partition(),
          record.offset(),
          Samples.text(record.key()),
          Samples.text(record.value()));
    }
    return table.toString();
  }
}
