package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import java.io.IOException;
import org.apache.avro.Schema;

/** Makes the bytes of a value or a key of what was read from columns. Not for several threads. */
interface Restorer {
  /**
   * @param datum not null
   * @param schema of the datum
   * @param plain the schema that it is written with if no number tells another one
   * @param id of the schema that it once was written with; null if it had none
   * @param subject what a registry calls such data
   * @throws BadContentException if it cannot be written with that schema
   */
  void restore(Object datum, Schema schema, Schema plain, Integer id, String subject, ByteView into)
      throws BadContentException, IOException;
}
