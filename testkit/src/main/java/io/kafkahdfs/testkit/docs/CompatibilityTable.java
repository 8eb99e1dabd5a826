package io.kafkahdfs.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of {@code docs/compatibility.md} that says what was seen of which broker with which
 * client. Its columns are chosen by hand, its cells are what the contract's tests saw.
 */
public final class CompatibilityTable {
  private static final String BEGIN = "| broker | client |";
  private static final String YES = "yes";
  private static final String NO = "-";

  private final Path file;
  private final List<String> lines;
  private final int first;
  private final List<String> columns;

  private CompatibilityTable(Path file, List<String> lines, int first) {
    this.file = file;
    this.lines = lines;
    this.first = first;
    this.columns = cells(lines.get(first));
  }

  /**
   * @throws AssertionError if the file has no such table
   */
  public static CompatibilityTable of(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(BEGIN)) {
        return new CompatibilityTable(file, lines, i);
      }
    }
    throw new AssertionError(file + " has no table that begins with " + BEGIN);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
  }

  /** The brokers that have a row. */
  public List<String> brokers() {
    List<String> brokers = new ArrayList<>();
    for (int i = first + 2; isRow(i); i++) {
      brokers.add(cells(lines.get(i)).get(0));
    }
    return brokers;
  }

  private boolean isRow(int line) {
    return line < lines.size() && lines.get(line).startsWith("|");
  }

  /**
   * Holds the table against what a test saw; with {@code -Dcompatibility.write=true} writes it into
   * the table.
   *
   * @param seen for each column whether it was there to be seen
   */
  public void check(String broker, String client, Map<String, Boolean> seen) throws IOException {
    int at = first + 2;
    while (isRow(at) && !cells(lines.get(at)).subList(0, 2).equals(List.of(broker, client))) {
      at++;
    }
    List<String> row = new ArrayList<>(Collections.nCopies(columns.size(), "?"));
    row.set(0, broker);
    row.set(1, client);
    if (isRow(at)) {
      row = new ArrayList<>(cells(lines.get(at)));
    }
    Map<String, String> said = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (Map.Entry<String, Boolean> each : seen.entrySet()) {
      int column = columns.indexOf(each.getKey());
      assertThat(column)
          .as("the column \"%s\" of the table in %s", each.getKey(), file)
          .isPositive();
      said.put(each.getKey(), row.get(column));
      expected.put(each.getKey(), each.getValue() ? YES : NO);
      row.set(column, expected.get(each.getKey()));
    }
    if (Boolean.getBoolean("compatibility.write")) {
      if (isRow(at)) {
        lines.remove(at);
      }
      lines.add(at, "| " + String.join(" | ", row) + " |");
      Files.write(file, lines);
      return;
    }
    assertThat(said)
        .as(
            "what %s says of Kafka %s and the %s client, against what was seen;"
                + " -Dcompatibility.write=true writes it anew",
            file, broker, client)
        .isEqualTo(expected);
  }
}
