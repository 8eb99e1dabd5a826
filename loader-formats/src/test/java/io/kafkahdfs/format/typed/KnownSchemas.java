package io.kafkahdfs.format.typed;

import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A registry in memory. */
final class KnownSchemas implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();

  @Override
  public Schema byId(int id) throws UnknownSchemaException {
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException("there is no schema " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public int register(String subject, Schema schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    int id = schemas.indexOf(schema) + 1;
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public OptionalInt idOf(String subject, Schema schema) {
    int id = schemas.indexOf(schema) + 1;
    return subjects.getOrDefault(subject, List.of()).contains(id)
        ? OptionalInt.of(id)
        : OptionalInt.empty();
  }

  List<Integer> of(String subject) {
    return subjects.getOrDefault(subject, List.of());
  }
}
