package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.io.AvroLimits;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.registry.UnknownSchemaException;
import io.kafkahdfs.format.registry.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Data in Avro's binary encoding. */
abstract class AvroContent implements Content {
  /** Without conversions: what is read is what files have. */
  static final GenericData PLAIN = new GenericData();

  static {
    AvroLimits.apply();
  }

  private final int headBytes;

  private AvroContent(int headBytes) {
    this.headBytes = headBytes;
  }

  /** Behind the number of its schema in a registry. */
  static Content registered(SchemaRegistry registry) {
    return new Registered(registry);
  }

  /** Of one schema that everyone knows. */
  static Content of(Schema schema) {
    Written written = new Written(OptionalInt.empty(), schema);
    return new AvroContent(0) {
      @Override
      public Written written(ByteView bytes) {
        return written;
      }
    };
  }

  private static final class Registered extends AvroContent {
    private final SchemaRegistry registry;
    private final Map<Integer, Written> known = new HashMap<>();
    private int lastId;
    private Written last;

    Registered(SchemaRegistry registry) {
      super(WireFormat.HEAD_BYTES);
      this.registry = registry;
    }

    @Override
    public Written written(ByteView bytes) throws BadContentException, IOException {
      Optional<String> fault = WireFormat.fault(bytes.array(), bytes.offset(), bytes.length());
      if (fault.isPresent()) {
        throw new BadContentException(fault.get());
      }
      int id = WireFormat.id(bytes.array(), bytes.offset());
      if (last == null || id != lastId) {
        Written written = known.get(id);
        if (written == null) {
          written = ask(id);
          known.put(id, written);
        }
        last = written;
        lastId = id;
      }
      return last;
    }

    private Written ask(int id) throws BadContentException, IOException {
      try {
        return new Written(OptionalInt.of(id), registry.byId(id));
      } catch (UnknownSchemaException e) {
        throw new BadContentException("has a schema that cannot be had: " + e.getMessage());
      }
    }
  }

  @Override
  public final Reading reading(Written written, Schema schema) {
    return new AvroReading(written, schema, headBytes);
  }
}
