package io.kafkahdfs.format.typed;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;

/** What values, or keys, of some versions of a schema are read as. It only widens. */
final class Widening {
  private final Content content;
  private final Map<Content.Written, Content.Reading> readings = new IdentityHashMap<>();
  private final TreeSet<Integer> ids = new TreeSet<>();
  private Schema schema;
  private Schema plain;

  Widening(Content content) {
    this.content = content;
  }

  /** What all that was admitted is read as; null at first. */
  Schema schema() {
    return schema;
  }

  /** What data is written with that does not tell it by a number; null if it does. */
  Schema plain() {
    return plain;
  }

  /** Null if it was not admitted. */
  Content.Reading reading(Content.Written written) {
    return readings.get(written);
  }

  /**
   * What is read if one more is admitted; nothing is changed yet.
   *
   * @return the schema as it is if that is enough
   */
  Schema with(Content.Written written) throws BadContentException {
    if (schema == null) {
      return written.schema();
    }
    try {
      return SchemaUnion.of(schema, written.schema());
    } catch (IncompatibleSchemasException e) {
      throw new BadContentException(
          "has a schema"
              + ofId(written)
              + " that cannot be united with that of those before it"
              + (ids.isEmpty() ? "" : " (ids " + ids + ")")
              + ": "
              + e.getMessage());
    }
  }

  /**
   * Admits what was written with a schema.
   *
   * @param wider what {@link #with} gave
   */
  void admit(Content.Written written, Schema wider) {
    if (wider != schema) {
      schema = wider;
      readings.clear();
    }
    readings.put(written, content.reading(written, schema));
    if (written.id().isPresent()) {
      ids.add(written.id().getAsInt());
    } else {
      plain = written.schema();
    }
  }

  /** For messages. */
  static String ofId(Content.Written written) {
    return written == null || written.id().isEmpty() ? "" : " (id " + written.id().getAsInt() + ")";
  }
}
