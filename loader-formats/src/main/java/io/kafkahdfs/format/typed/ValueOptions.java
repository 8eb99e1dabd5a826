package io.kafkahdfs.format.typed;

import io.kafkahdfs.format.registry.SchemaRegistry;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What values and keys are, and what of a record becomes columns.
 *
 * @param values not bytes
 * @param valueSchema of all values; empty if a registry knows the schema of each
 * @param keys what keys are; bytes stay bytes
 * @param keySchema of all keys; empty if a registry knows the schema of each, or keys are bytes
 * @param registry knows schemas by their numbers; not empty if a schema is missing
 * @param unknownFields what is done about fields of JSON that the schema does not know
 * @param hasOrigin whether a column tells where a record came from
 */
public record ValueOptions(
    ValueKind values,
    Optional<Schema> valueSchema,
    ValueKind keys,
    Optional<Schema> keySchema,
    Optional<SchemaRegistry> registry,
    UnknownFields unknownFields,
    boolean hasOrigin) {
  /** What values mean. */
  Content valueContent() {
    return content(values, valueSchema);
  }

  /** What keys mean; null if they are bytes. */
  Content keyContent() {
    return keys == ValueKind.BYTES ? null : content(keys, keySchema);
  }

  private Content content(ValueKind kind, Optional<Schema> schema) {
    return switch (kind) {
      case BYTES -> throw new IllegalArgumentException("Bytes have no columns");
      case JSON -> new JsonContent(schema.orElseThrow(), unknownFields);
      case AVRO ->
          schema
              .map(AvroContent::of)
              .orElseGet(() -> AvroContent.registered(registry.orElseThrow()));
    };
  }
}
