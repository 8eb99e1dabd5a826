package io.kafkahdfs.examples;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads back all that has landed, shows some of it, and holds it against what was produced. */
final class Check {
  private final Topic topic;

  Check(Topic topic) {
    this.topic = topic;
  }

  /** Reads records one after the other, those of a partition in their order. */
  @FunctionalInterface
  interface Source {
    void read(Landing.Reader reader) throws IOException;
  }

  /**
   * Looks at all records.
   *
   * @param where they are, for the verdict
   * @param console gets some of the records and the verdict
   * @return whether every record has landed, once, as it was sent
   */
  boolean holds(Source source, String where, Consumer<String> console) throws IOException {
    Fingerprints landed = Fingerprints.ofEmpty(topic.partitions());
    Samples samples = new Samples();
    source.read(
        record -> {
          landed.of(record.partition()).add(record.offset(), record.key(), record.value());
          samples.offer(record);
        });
    console.accept(table(samples).stripTrailing());
    console.accept("");
    List<String> differences = topic.produced().differences(landed);
    if (differences.isEmpty()) {
      console.accept(
          "Checked: all %s records that were produced are in the %s, each once, byte for byte."
              .formatted(Amounts.count(topic.records()), where));
      return true;
    }
    console.accept("WRONG: what is in the " + where + " is not what was produced.");
    differences.forEach(console);
    return false;
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
