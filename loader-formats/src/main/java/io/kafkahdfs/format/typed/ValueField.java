package io.kafkahdfs.format.typed;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * A field of values, looked for by its name once a schema and found by its position in each row.
 * Not for several threads.
 */
public final class ValueField {
  private final String path;
  private final List<String> names;
  private Schema known;
  private int[] positions;
  private Schema type;
  private String missing;

  /** The schema of what {@link #in} gave last; null if that was null. */
  private Schema found;

  /**
   * @param path names of fields, each a part of the one before: {@code device.family}
   * @throws IllegalArgumentException if a name is empty
   */
  public ValueField(String path) {
    this.path = path;
    this.names = List.of(path.split("\\.", -1));
    if (names.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(path);
    }
  }

  /**
   * What stands in the field; null if it is null, or a field that it is a part of is.
   *
   * @throws BadContentException if rows of this schema have no such field
   */
  Object in(IndexedRecord row) throws BadContentException {
    if (row.getSchema() != known) {
      learn(row.getSchema());
    }
    if (missing != null) {
      throw new BadContentException(missing);
    }
    Object value = row;
    for (int position : positions) {
      if (value == null) {
        break;
      }
      value = ((IndexedRecord) value).get(position);
    }
    found = value == null ? null : branch(type, value);
    return value;
  }

  private static Schema branch(Schema type, Object value) {
    return type.getType() == Type.UNION
        ? type.getTypes().get(GenericData.get().resolveUnion(type, value))
        : type;
  }

  /** The schema of what was found last, without unions. */
  Schema found() {
    return found;
  }

  private void learn(Schema row) {
    known = row;
    missing = null;
    positions = new int[names.size()];
    Schema at = row;
    for (int i = 0; i < positions.length; i++) {
      Schema record = withoutNull(at);
      Field field = record.getType() == Type.RECORD ? record.getField(names.get(i)) : null;
      if (field == null) {
        missing = "has a schema without a field " + path;
        return;
      }
      positions[i] = field.pos();
      at = field.schema();
    }
    // Most fields are of one type or null, and need no look at each value.
    type = withoutNull(at);
  }

  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Type.UNION) {
      return schema;
    }
    List<Schema> branches =
        schema.getTypes().stream().filter(branch -> branch.getType() != Type.NULL).toList();
    return branches.size() == 1 ? branches.get(0) : schema;
  }

  /**
   * The schema that a value's schema has the field in, without null; empty if it has none.
   *
   * @param value a record's
   */
  Optional<Schema> schema(Schema value) {
    ValueField field = new ValueField(path);
    field.learn(value);
    return field.missing == null ? Optional.of(field.type) : Optional.empty();
  }

  /** The path. */
  @Override
  public String toString() {
    return path;
  }
}
