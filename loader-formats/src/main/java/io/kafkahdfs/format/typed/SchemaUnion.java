package io.kafkahdfs.format.typed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

/**
 * Makes the narrowest schema by which data of two schemas can be read without loss. Fields that
 * only one of them has become nullable; numbers get wider where no digit is lost (int to long and
 * double, float to double); enums get all symbols. A type that changed cannot be united.
 */
final class SchemaUnion {
  private final Map<String, Schema> ones = new HashMap<>();
  private final Map<String, Schema> others = new HashMap<>();

  /** The named types of the result, each made once: they may refer to each other and themselves. */
  private final Map<String, Schema> made = new HashMap<>();

  private SchemaUnion(Schema one, Schema other) {
    TypeRules.define(one, ones);
    TypeRules.define(other, others);
  }

  /**
   * @return the very first one if it can read both
   * @throws IncompatibleSchemasException if there is none; its message names the field
   */
  static Schema of(Schema one, Schema other) throws IncompatibleSchemasException {
    if (one.equals(other)) {
      return one;
    }
    Schema union = new SchemaUnion(one, other).merge("", one, other);
    return union.equals(one) ? one : union;
  }

  private Schema merge(String path, Schema one, Schema other) throws IncompatibleSchemasException {
    if (one.getType() == Type.UNION || other.getType() == Type.UNION) {
      return mergeBranches(path, TypeRules.branches(one), TypeRules.branches(other));
    }
    if ((one.getType() == Type.NULL) != (other.getType() == Type.NULL)) {
      return mergeBranches(path, List.of(one), List.of(other));
    }
    if (!TypeRules.isOneKind(one, other)) {
      throw changed(path, one, other);
    }
    if (TypeRules.isNamed(one)) {
      return named(path, one.getFullName());
    }
    if (one.getType() == Type.ARRAY) {
      return TypeRules.withProperties(
          one,
          Schema.createArray(merge(path + "[]", one.getElementType(), other.getElementType())));
    }
    if (one.getType() == Type.MAP) {
      return TypeRules.withProperties(
          one, Schema.createMap(merge(path + "{}", one.getValueType(), other.getValueType())));
    }
    return widened(path, one, other);
  }

  private static Schema widened(String path, Schema one, Schema other)
      throws IncompatibleSchemasException {
    LogicalType logical = one.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal
        && other.getLogicalType() instanceof LogicalTypes.Decimal that
        && decimal.getScale() == that.getScale()) {
      return decimal.getPrecision() >= that.getPrecision() ? one : other;
    }
    if (!Objects.equals(logical, other.getLogicalType())) {
      throw changed(path, one, other);
    }
    if (one.getType() == other.getType()) {
      return one;
    }
    return Schema.create(TypeRules.wider(one.getType(), other.getType()));
  }

  private Schema mergeBranches(String path, List<Schema> some, List<Schema> more)
      throws IncompatibleSchemasException {
    List<Schema> merged = new ArrayList<>();
    List<Schema> left = new ArrayList<>(more);
    for (Schema one : some) {
      Schema partner = partner(one, some, left);
      left.remove(partner);
      merged.add(partner == null ? copy(path, one) : merge(path, one, partner));
    }
    boolean choices = withoutNull(some) > 1 || withoutNull(more) > 1;
    for (Schema other : left) {
      if (other.getType() != Type.NULL && withoutNull(some) > 0 && !choices) {
        throw changed(path, Schema.createUnion(some), Schema.createUnion(more));
      }
      Schema branch = copy(path, other);
      merged.add(other.getType() == Type.NULL ? 0 : merged.size(), branch);
    }
    return merged.size() == 1 ? merged.get(0) : Schema.createUnion(merged);
  }

  /** What of the others a branch is merged with; null if it stays as it is. */
  private static Schema partner(Schema one, List<Schema> some, List<Schema> others) {
    Schema found = null;
    for (Schema other : others) {
      if (other.getType() == one.getType()) {
        if (TypeRules.isOneKind(one, other)) {
          return other;
        }
      } else if (TypeRules.isOneKind(one, other) && !hasNumber(some, other)) {
        found = other;
      }
    }
    return found;
  }

  /** Whether a number has a partner of its very type, or would become one that is there. */
  private static boolean hasNumber(List<Schema> some, Schema other) {
    return some.stream().anyMatch(one -> one.getType() == other.getType())
        || some.stream()
                .filter(one -> TypeRules.wider(one.getType(), other.getType()) != null)
                .count()
            > 1;
  }

  private static long withoutNull(List<Schema> branches) {
    return branches.stream().filter(branch -> branch.getType() != Type.NULL).count();
  }

  private Schema named(String path, String name) throws IncompatibleSchemasException {
    Schema done = made.get(name);
    if (done != null) {
      return done;
    }
    Schema one = ones.get(name);
    Schema other = others.get(name);
    if (one == null || other == null) {
      return rename(path, one == null ? other : one);
    }
    if (one.getType() != other.getType()) {
      throw changed(path, one, other);
    }
    return switch (one.getType()) {
      case RECORD -> record(path, one, other);
      case ENUM -> enumeration(one, other);
      default -> {
        if (one.getFixedSize() != other.getFixedSize()) {
          throw new IncompatibleSchemasException(
              path, "has " + one.getFixedSize() + " bytes and then " + other.getFixedSize());
        }
        Schema fixed = widened(path, one, other);
        made.put(name, fixed);
        yield fixed;
      }
    };
  }

  private Schema enumeration(Schema one, Schema other) {
    Set<String> symbols = new LinkedHashSet<>(one.getEnumSymbols());
    symbols.addAll(other.getEnumSymbols());
    Schema merged =
        symbols.size() == one.getEnumSymbols().size()
            ? one
            : TypeRules.withProperties(
                one,
                Schema.createEnum(
                    one.getName(), one.getDoc(), one.getNamespace(), List.copyOf(symbols)));
    made.put(one.getFullName(), merged);
    return merged;
  }

  private Schema record(String path, Schema one, Schema other) throws IncompatibleSchemasException {
    Schema merged = begin(one);
    List<Field> fields = new ArrayList<>();
    for (Field field : one.getFields()) {
      Field that = other.getField(field.name());
      String at = TypeRules.below(path, field.name());
      Schema schema =
          that == null
              ? TypeRules.nullable(copy(at, field.schema()))
              : merge(at, field.schema(), that.schema());
      fields.add(field(field, schema, that == null));
    }
    for (Field field : other.getFields()) {
      if (one.getField(field.name()) == null) {
        Schema schema =
            TypeRules.nullable(copy(TypeRules.below(path, field.name()), field.schema()));
        fields.add(field(field, schema, true));
      }
    }
    merged.setFields(fields);
    return merged;
  }

  private Schema begin(Schema model) {
    Schema begun =
        TypeRules.withProperties(
            model,
            Schema.createRecord(
                model.getName(), model.getDoc(), model.getNamespace(), model.isError()));
    made.put(model.getFullName(), begun);
    return begun;
  }

  /**
   * @param absent whether there is data without it: it is null there, and no default of its own
   */
  private static Field field(Field model, Schema schema, boolean absent) {
    Object value = absent ? JsonProperties.NULL_VALUE : null;
    if (!absent && model.hasDefaultValue()) {
      // A default is of the first branch, which may be another one now.
      value =
          schema.equals(model.schema())
              ? model.defaultVal()
              : TypeRules.branches(schema).get(0).getType() == Type.NULL
                  ? JsonProperties.NULL_VALUE
                  : null;
    }
    Field field = new Field(model.name(), schema, model.doc(), value, model.order());
    model.getObjectProps().forEach(field::addProp);
    return field;
  }

  /** A copy that refers to the named types of the result. */
  private Schema copy(String path, Schema schema) throws IncompatibleSchemasException {
    switch (schema.getType()) {
      case RECORD, ENUM, FIXED:
        return named(path, schema.getFullName());
      case ARRAY:
        return TypeRules.withProperties(
            schema, Schema.createArray(copy(path, schema.getElementType())));
      case MAP:
        return TypeRules.withProperties(
            schema, Schema.createMap(copy(path, schema.getValueType())));
      case UNION:
        List<Schema> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
          branches.add(copy(path, branch));
        }
        return Schema.createUnion(branches);
      default:
        return schema;
    }
  }

  private Schema rename(String path, Schema schema) throws IncompatibleSchemasException {
    if (schema.getType() != Type.RECORD) {
      made.put(schema.getFullName(), schema);
      return schema;
    }
    Schema copy = begin(schema);
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.getFields()) {
      Schema type = copy(TypeRules.below(path, field.name()), field.schema());
      fields.add(field(field, type, isAbsentable(field)));
    }
    copy.setFields(fields);
    return copy;
  }

  private static boolean isAbsentable(Field field) {
    return field.hasDefaultValue() && field.defaultVal() == JsonProperties.NULL_VALUE;
  }

  /** A record all of whose fields can be null. */
  static Schema withNullFields(Schema schema) {
    Schema nothing =
        Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, List.of());
    try {
      return of(schema, nothing);
    } catch (IncompatibleSchemasException e) {
      throw new IllegalStateException("No field contradicts another: there is none", e);
    }
  }

  private static IncompatibleSchemasException changed(String path, Schema one, Schema other) {
    return new IncompatibleSchemasException(
        path,
        "is "
            + TypeRules.describe(one)
            + " in one and "
            + TypeRules.describe(other)
            + " in the other");
  }
}
