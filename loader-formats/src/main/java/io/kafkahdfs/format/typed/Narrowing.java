package io.kafkahdfs.format.typed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Makes data of a narrower schema of what was read by a wider one, see {@link SchemaUnion}: the way
 * back. Nothing is left out: a field that the narrower one lacks must be null.
 */
final class Narrowing {
  private Narrowing() {}

  /**
   * @param path of the field, for messages; empty for the whole
   * @throws BadContentException if it would lose something
   */
  static Object convert(Object datum, Schema from, Schema to, String path)
      throws BadContentException {
    if (from.equals(to)) {
      return datum;
    }
    if (from.getType() == Type.UNION) {
      Schema branch = from.getTypes().get(AvroContent.PLAIN.resolveUnion(from, datum));
      return convert(datum, branch, to, path);
    }
    if (to.getType() == Type.UNION) {
      return convert(datum, from, branch(from, to, path), path);
    }
    return switch (to.getType()) {
      case RECORD -> record((IndexedRecord) of(Type.RECORD, datum, from, path), to, path);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (Object item : (Iterable<?>) of(Type.ARRAY, datum, from, path)) {
          items.add(convert(item, from.getElementType(), to.getElementType(), path + "[]"));
        }
        yield items;
      }
      case MAP -> {
        Map<Object, Object> entries = new HashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) of(Type.MAP, datum, from, path)).entrySet()) {
          entries.put(
              entry.getKey(),
              convert(entry.getValue(), from.getValueType(), to.getValueType(), path + "{}"));
        }
        yield entries;
      }
      case ENUM -> {
        String symbol = of(Type.ENUM, datum, from, path).toString();
        if (!to.hasEnumSymbol(symbol)) {
          throw lossy(path, symbol, to);
        }
        yield new GenericData.EnumSymbol(to, symbol);
      }
      case FIXED -> {
        byte[] bytes = ((GenericFixed) of(Type.FIXED, datum, from, path)).bytes();
        if (bytes.length != to.getFixedSize()) {
          throw lossy(path, bytes.length + " bytes", to);
        }
        yield new GenericData.Fixed(to, bytes);
      }
      case INT, LONG, FLOAT, DOUBLE -> number(datum, from, to, path);
      default -> of(to.getType(), datum, from, path);
    };
  }

  private static Object of(Type type, Object datum, Schema from, String path)
      throws BadContentException {
    if (from.getType() != type) {
      throw new BadContentException(
          TypeRules.at(path) + "is " + from.getType().getName() + " and not " + type.getName());
    }
    return datum;
  }

  private static IndexedRecord record(IndexedRecord wide, Schema to, String path)
      throws BadContentException {
    GenericData.Record narrow = new GenericData.Record(to);
    for (Field field : to.getFields()) {
      Field source = wide.getSchema().getField(field.name());
      String at = TypeRules.below(path, field.name());
      if (source == null) {
        throw new BadContentException("lacks field " + at);
      }
      narrow.put(field.pos(), convert(wide.get(source.pos()), source.schema(), field.schema(), at));
    }
    for (Field field : wide.getSchema().getFields()) {
      if (to.getField(field.name()) == null && wide.get(field.pos()) != null) {
        throw new BadContentException(
            "has a field "
                + TypeRules.below(path, field.name())
                + " that the schema of its id lacks");
      }
    }
    return narrow;
  }

  private static Schema branch(Schema from, Schema union, String path) throws BadContentException {
    Schema found = null;
    for (Schema branch : union.getTypes()) {
      if (branch.getType() == from.getType()) {
        if (!TypeRules.isNamed(from) || branch.getFullName().equals(from.getFullName())) {
          return branch;
        }
      } else if (isNumber(branch) && isNumber(from)) {
        found = branch;
      }
    }
    if (found == null) {
      throw new BadContentException(
          TypeRules.at(path) + "is " + from.getType().getName() + " and none of " + union);
    }
    return found;
  }

  private static boolean isNumber(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  private static Object number(Object datum, Schema from, Schema to, String path)
      throws BadContentException {
    if (!isNumber(from)) {
      throw new BadContentException(
          TypeRules.at(path) + "is " + from.getType().getName() + " and no number");
    }
    Number wide = (Number) datum;
    Number narrow =
        switch (to.getType()) {
          case INT -> wide.intValue();
          case LONG -> wide.longValue();
          case FLOAT -> wide.floatValue();
          default -> wide.doubleValue();
        };
    boolean same =
        isWhole(from) && isWhole(to)
            ? narrow.longValue() == wide.longValue()
            : Double.compare(narrow.doubleValue(), wide.doubleValue()) == 0;
    if (!same) {
      throw lossy(path, datum, to);
    }
    return narrow;
  }

  private static boolean isWhole(Schema schema) {
    return schema.getType() == Type.INT || schema.getType() == Type.LONG;
  }

  private static BadContentException lossy(String path, Object datum, Schema to) {
    return new BadContentException(
        TypeRules.at(path)
            + "is "
            + datum
            + ", which is no "
            + to.getType().getName()
            + " of the schema of its id");
  }
}
