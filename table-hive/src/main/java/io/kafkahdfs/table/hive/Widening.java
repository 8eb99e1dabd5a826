package io.kafkahdfs.table.hive;

import org.apache.orc.TypeDescription;
import org.apache.orc.TypeDescription.Category;

/** The columns that hold those of a table and of a file. */
final class Widening {
  private Widening() {}

  /**
   * The narrowest type that holds both; fields of structs that only one has stand behind those of
   * the first.
   *
   * @param name of the column, for the message
   * @throws IllegalArgumentException if there is none; its message is a sentence
   */
  static TypeDescription of(String name, TypeDescription table, TypeDescription file) {
    if (table.equals(file)) {
      return table;
    }
    if (table.getCategory() != file.getCategory()) {
      if (holds(table, file)) {
        return table;
      }
      if (holds(file, table)) {
        return file;
      }
      throw refused(name, table, file);
    }
    return switch (table.getCategory()) {
      case STRUCT -> structs(name, table, file);
      case LIST ->
          TypeDescription.createList(
              of(name, table.getChildren().get(0), file.getChildren().get(0)));
      case MAP ->
          TypeDescription.createMap(
              of(name, table.getChildren().get(0), file.getChildren().get(0)),
              of(name, table.getChildren().get(1), file.getChildren().get(1)));
      // Decimals of other digits, and whatever else files have not.
      default -> throw refused(name, table, file);
    };
  }

  private static boolean holds(TypeDescription wide, TypeDescription narrow) {
    return wide.getCategory() == Category.LONG && narrow.getCategory() == Category.INT
        || wide.getCategory() == Category.DOUBLE && narrow.getCategory() == Category.FLOAT;
  }

  private static TypeDescription structs(String name, TypeDescription table, TypeDescription file) {
    TypeDescription struct = TypeDescription.createStruct();
    for (String field : table.getFieldNames()) {
      TypeDescription own = child(table, field);
      struct.addField(
          field,
          file.getFieldNames().contains(field)
              ? of(name.isEmpty() ? field : name + "." + field, own, child(file, field))
              : own.clone());
    }
    for (String field : file.getFieldNames()) {
      if (!table.getFieldNames().contains(field)) {
        struct.addField(field, child(file, field).clone());
      }
    }
    return struct;
  }

  private static TypeDescription child(TypeDescription struct, String field) {
    return struct.getChildren().get(struct.getFieldNames().indexOf(field));
  }

  private static IllegalArgumentException refused(
      String name, TypeDescription table, TypeDescription file) {
    return new IllegalArgumentException(
        "The column " + name + " is " + table + " in the table and " + file + " in the file.");
  }
}
