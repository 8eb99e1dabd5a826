package io.kafkahdfs.format.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** What there is to know of Avro's types, one or two at a time. */
final class TypeRules {
  private TypeRules() {}

  /** Whether a schema has a name of its own, by which others refer to it. */
  static boolean isNamed(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> true;
      default -> false;
    };
  }

  /** The type of numbers that holds both without loss; null if there is none. */
  static Type wider(Type one, Type other) {
    Set<Type> both = Set.of(one, other);
    if (both.equals(Set.of(Type.INT, Type.LONG))) {
      return Type.LONG;
    }
    return both.equals(Set.of(Type.INT, Type.DOUBLE))
            || both.equals(Set.of(Type.FLOAT, Type.DOUBLE))
        ? Type.DOUBLE
        : null;
  }

  /** Whether two schemas that are no unions can be merged at all. */
  static boolean isOneKind(Schema one, Schema other) {
    return one.getType() == other.getType()
        ? !isNamed(one) || one.getFullName().equals(other.getFullName())
        : wider(one.getType(), other.getType()) != null;
  }

  /** The types of a union; of another schema itself. */
  static List<Schema> branches(Schema schema) {
    return schema.getType() == Type.UNION ? schema.getTypes() : List.of(schema);
  }

  /** The schema with null as its first branch. */
  static Schema nullable(Schema schema) {
    List<Schema> branches = new ArrayList<>(branches(schema));
    branches.removeIf(branch -> branch.getType() == Type.NULL);
    branches.add(0, Schema.create(Type.NULL));
    return branches.size() == 1 ? branches.get(0) : Schema.createUnion(branches);
  }

  /** A schema with the properties of another one. */
  static Schema withProperties(Schema model, Schema schema) {
    model.getObjectProps().forEach(schema::addProp);
    return schema;
  }

  /** The path of a field. */
  static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A type in a few words. */
  static String describe(Schema schema) {
    if (schema.getType() == Type.UNION) {
      List<String> names = new ArrayList<>();
      schema.getTypes().forEach(branch -> names.add(describe(branch)));
      return names.size() == 1 ? names.get(0) : String.join(" or ", names);
    }
    String name = isNamed(schema) ? schema.getFullName() : schema.getType().getName();
    LogicalType logical = schema.getLogicalType();
    return logical == null ? name : name + " (" + logical.getName() + ")";
  }

  /** Collects the named types of a schema, by their full names. */
  static void define(Schema schema, Map<String, Schema> into) {
    switch (schema.getType()) {
      case RECORD -> {
        if (into.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> define(field.schema(), into));
        }
      }
      case ENUM, FIXED -> into.putIfAbsent(schema.getFullName(), schema);
      case ARRAY -> define(schema.getElementType(), into);
      case MAP -> define(schema.getValueType(), into);
      case UNION -> schema.getTypes().forEach(branch -> define(branch, into));
      default -> {
        // It has no name and nothing within.
      }
    }
  }

  /** What a message about a field begins with, to follow "its value". */
  static String at(String path) {
    return path.isEmpty() ? "" : "has a field " + path + " that ";
  }
}
