package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.ByteView;
import org.apache.avro.generic.IndexedRecord;

/**
 * A row whose first fields came encoded in the very schema that the row has them in, so that a file
 * in Avro's binary encoding can have their bytes as they are.
 */
public interface EncodedRow extends IndexedRecord {
  /** How many of the row's fields the encoded ones are. */
  int encodedFields();

  /** Those fields, one after the other, in Avro's binary encoding; null if they came otherwise. */
  ByteView encoded();
}
