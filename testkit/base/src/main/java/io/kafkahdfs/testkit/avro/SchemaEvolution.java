package io.kafkahdfs.testkit.avro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Makes the next version of a schema, of a seed's choice. */
public final class SchemaEvolution {
  private final Random random;
  private final List<Change> allowed;
  private final List<Change> done = new ArrayList<>();
  private final Map<String, Schema> rewritten = new HashMap<>();

  /** A change is made at one place of so many, on average. */
  private static final int RARENESS = 4;

  private SchemaEvolution(Random random, Collection<Change> allowed) {
    this.random = random;
    this.allowed = allowed.stream().sorted().toList();
  }

  /**
   * A next version.
   *
   * @param changes what was changed, in some order, maybe nothing
   */
  public record Next(Schema schema, List<Change> changes) {}

  /** Changes a record, and what is within, at some places or none. */
  public static Next of(Schema record, Random random, Collection<Change> allowed) {
    SchemaEvolution evolution = new SchemaEvolution(random, allowed);
    Schema schema = RandomSchemas.parsed(evolution.next(record, false));
    return new Next(schema, List.copyOf(evolution.done));
  }

  private boolean decide(Change change) {
    return allowed.contains(change) && random.nextInt(RARENESS) == 0;
  }

  /**
   * @param inUnion whether another branch may be what a number would become
   */
  private Schema next(Schema schema, boolean inUnion) {
    return switch (schema.getType()) {
      case RECORD -> once(schema, this::record);
      case ENUM -> once(schema, this::enumeration);
      case ARRAY -> Schema.createArray(next(schema.getElementType(), false));
      case MAP -> Schema.createMap(next(schema.getValueType(), false));
      case UNION ->
          Schema.createUnion(schema.getTypes().stream().map(each -> next(each, true)).toList());
      case INT -> inUnion ? schema : widened(schema, Schema.Type.LONG, Schema.Type.DOUBLE);
      case FLOAT -> inUnion ? schema : widened(schema, Schema.Type.DOUBLE);
      default -> schema;
    };
  }

  private interface Rewrite {
    Schema apply(Schema schema);
  }

  /** A type that is named in several places is the same in all. */
  private Schema once(Schema schema, Rewrite rewrite) {
    Schema known = rewritten.get(schema.getFullName());
    return known == null ? rewrite.apply(schema) : known;
  }

  private Schema widened(Schema schema, Schema.Type... wider) {
    if (schema.getLogicalType() != null || !decide(Change.WIDEN_NUMBER)) {
      return schema;
    }
    done.add(Change.WIDEN_NUMBER);
    return Schema.create(wider[random.nextInt(wider.length)]);
  }

  private Schema enumeration(Schema schema) {
    Schema next = schema;
    if (decide(Change.ADD_SYMBOL)) {
      done.add(Change.ADD_SYMBOL);
      List<String> symbols = new ArrayList<>(schema.getEnumSymbols());
      symbols.add("ADDED_" + symbols.size());
      next = Schema.createEnum(schema.getName(), schema.getDoc(), schema.getNamespace(), symbols);
    }
    rewritten.put(schema.getFullName(), next);
    return next;
  }

  private Schema record(Schema schema) {
    Schema next =
        Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
    rewritten.put(schema.getFullName(), next);
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (schema.getFields().size() > 1 && decide(Change.REMOVE_FIELD)) {
        done.add(Change.REMOVE_FIELD);
      } else {
        fields.add(field(field));
      }
    }
    if (decide(Change.ADD_FIELD)) {
      done.add(Change.ADD_FIELD);
      fields.add(added(schema));
    }
    if (fields.size() > 1 && decide(Change.REORDER_FIELDS)) {
      done.add(Change.REORDER_FIELDS);
      Collections.rotate(fields, 1);
    }
    next.setFields(fields);
    return next;
  }

  private Schema.Field field(Schema.Field field) {
    Schema type = next(field.schema(), false);
    boolean sole = !type.isUnion() && type.getType() != Schema.Type.NULL;
    if (sole && decide(Change.MAKE_NULLABLE)) {
      done.add(Change.MAKE_NULLABLE);
      return new Schema.Field(field.name(), nullable(type), field.doc(), JsonProperties.NULL_VALUE);
    }
    Object standard = field.hasDefaultValue() ? RandomSchemas.simple(type) : null;
    return new Schema.Field(field.name(), type, field.doc(), standard);
  }

  private Schema.Field added(Schema schema) {
    String name = "added";
    while (schema.getField(name) != null) {
      name += "_";
    }
    Schema type = Schema.create(random.nextBoolean() ? Schema.Type.STRING : Schema.Type.LONG);
    return random.nextBoolean()
        ? new Schema.Field(name, nullable(type), null, JsonProperties.NULL_VALUE)
        : new Schema.Field(name, type, null, RandomSchemas.simple(type));
  }

  private static Schema nullable(Schema type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
  }
}
