package io.kafkahdfs.format.typed;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads JSON of one Avro type. */
interface JsonType {
  /**
   * Reads a value whole.
   *
   * @param parser at its first token; afterwards at its last
   * @param path of the field, for messages; empty for the whole
   */
  Object read(JsonParser parser, String path) throws BadContentException, IOException;
}
