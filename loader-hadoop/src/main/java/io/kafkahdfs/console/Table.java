package io.kafkahdfs.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for people: columns as wide as they must be on a terminal, numbers to the right. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  public Table(String... headings) {
    columns = headings.length;
    rows.add(List.of(headings));
  }

  /**
   * @param cells one for each column; each is shown as its text
   */
  public Table row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + columns);
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  /** The lines of the table, each ended. */
  @Override
  public String toString() {
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      right[column] = rows.size() > 1;
      for (int row = 0; row < rows.size(); row++) {
        String cell = rows.get(row).get(column);
        widths[column] = Math.max(widths[column], TextWidth.of(cell));
        right[column] &= row == 0 || cell.matches("[-+0-9.,~]+( ?[kMGTi]*B)?|-?");
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String padding = " ".repeat(widths[column] - TextWidth.of(cell));
        line.append(column == 0 ? "" : "  ");
        line.append(right[column] ? padding + cell : cell + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
