package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.registry.UnknownSchemaException;
import io.kafkahdfs.format.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Avro's binary encoding behind the number of a schema: the one that the data came with, if the
 * registry has it and the data fits; else that of another schema, which is registered.
 */
final class WireRestorer implements Restorer {
  private final SchemaRegistry registry;
  private final Map<Integer, Schema> known = new HashMap<>();
  private final Map<String, Map<Schema, Integer>> registered = new HashMap<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryEncoder encoder;

  WireRestorer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void restore(
      Object datum, Schema schema, Schema plain, Integer id, String subject, ByteView into)
      throws BadContentException, IOException {
    Schema own = id == null ? null : schema(id);
    if (own != null) {
      try {
        write(Narrowing.convert(datum, schema, own, ""), own, id, into);
        return;
      } catch (BadContentException e) {
        // Another registry may have given this number to another schema.
      }
    }
    Map<Schema, Integer> ids = registered.computeIfAbsent(subject, name -> new HashMap<>());
    Integer registeredId = ids.get(plain);
    if (registeredId == null) {
      registeredId = registry.register(subject, plain);
      ids.put(plain, registeredId);
    }
    write(Narrowing.convert(datum, schema, plain, ""), plain, registeredId, into);
  }

  /** Null if the registry has no such schema. */
  private Schema schema(int id) throws IOException {
    if (!known.containsKey(id)) {
      try {
        known.put(id, registry.byId(id));
      } catch (UnknownSchemaException e) {
        known.put(id, null);
      }
    }
    return known.get(id);
  }

  private void write(Object datum, Schema schema, int id, ByteView into) throws IOException {
    bytes.reset();
    bytes.writeBytes(new byte[WireFormat.HEAD_BYTES]);
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    new GenericDatumWriter<>(schema, AvroContent.PLAIN).write(datum, encoder);
    encoder.flush();
    byte[] written = bytes.toByteArray();
    WireFormat.putHead(id, written, 0);
    into.set(written);
  }
}
