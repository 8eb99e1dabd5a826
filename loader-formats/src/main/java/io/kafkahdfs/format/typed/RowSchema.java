package io.kafkahdfs.format.typed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * The columns of files: the fields of a value, and perhaps one that tells where the record came
 * from. Two are the same only if they are one object: files of one schema can be told by it.
 */
public final class RowSchema {
  /** The column of values that have no fields. */
  static final String VALUE = "value";

  /** Where a file has the schema of its values, if these do not tell it by numbers. */
  static final String VALUE_SCHEMA = "kafkahdfs.value.schema";

  static final String KEY_SCHEMA = "kafkahdfs.key.schema";

  private static final String NAMESPACE = "io.kafkahdfs";
  private static final String WRAPPER_NAME = "Value";
  private static final String WRAPPER = NAMESPACE + "." + WRAPPER_NAME;

  private final Schema value;
  private final Schema file;
  private final Schema origin;
  private final Map<String, String> metadata = new HashMap<>();

  /**
   * @param value a record with a field for each column of the values, see {@link #wrap}
   * @param origin the column that tells where a record came from; null for none
   * @param plainValue what values are written with; null if they tell it by numbers
   * @param plainKey the same of keys
   */
  RowSchema(Schema value, Schema origin, Schema plainValue, Schema plainKey) {
    this.value = value;
    this.origin = origin;
    this.file = origin == null ? value : with(origin, value);
    if (plainValue != null) {
      metadata.put(VALUE_SCHEMA, plainValue.toString());
    }
    if (plainKey != null) {
      metadata.put(KEY_SCHEMA, plainKey.toString());
    }
  }

  private static Schema with(Schema origin, Schema value) {
    List<Field> fields = new ArrayList<>();
    for (Field field : value.getFields()) {
      fields.add(new Field(field, field.schema()));
    }
    fields.add(new Field(OriginColumn.NAME, origin, "Where the record came from.", null));
    // A record that is a part of itself stands in the file as well, under its own name.
    String name = refersTo(value, value.getFullName()) ? value.getName() + "Row" : value.getName();
    Schema file = Schema.createRecord(name, value.getDoc(), value.getNamespace(), false, fields);
    value.getObjectProps().forEach(file::addProp);
    return file;
  }

  private static boolean refersTo(Schema record, String name) {
    Set<String> seen = new HashSet<>();
    return record.getFields().stream().anyMatch(field -> has(field.schema(), name, seen));
  }

  private static boolean has(Schema schema, String name, Set<String> seen) {
    return switch (schema.getType()) {
      case RECORD ->
          schema.getFullName().equals(name)
              || seen.add(schema.getFullName())
                  && schema.getFields().stream().anyMatch(field -> has(field.schema(), name, seen));
      case ARRAY -> has(schema.getElementType(), name, seen);
      case MAP -> has(schema.getValueType(), name, seen);
      case UNION -> schema.getTypes().stream().anyMatch(branch -> has(branch, name, seen));
      default -> false;
    };
  }

  /** That of the files. */
  public Schema file() {
    return file;
  }

  /** That of the values: a record. */
  Schema value() {
    return value;
  }

  /** That of the column that tells where a record came from; null for none. */
  Schema origin() {
    return origin;
  }

  /** What files say of it. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Whether values of the one never stand in files of the other: neither follows the other. */
  public boolean isOfAnotherFamily(RowSchema other) {
    return !value.getFullName().equals(other.value.getFullName());
  }

  boolean isWrapped() {
    return isWrapped(value);
  }

  /** Whether values have no fields, and stand in a column of their own. */
  static boolean isWrapped(Schema value) {
    return value.getFullName().equals(WRAPPER) && value.getFields().size() == 1;
  }

  /** A record for values that have no fields. */
  static Schema wrap(Schema value) {
    return Schema.createRecord(
        WRAPPER_NAME, null, NAMESPACE, false, List.of(new Field(VALUE, value, null, null)));
  }

  /** What rows without a value have, as long as there is none with one. */
  static Schema empty() {
    return Schema.createRecord(WRAPPER_NAME, null, NAMESPACE, false, List.of());
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
