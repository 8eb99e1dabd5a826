package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Values of a topic that stand in the same columns: those of one name, in all versions of their
 * schema that have come. The columns only widen.
 */
final class Family {
  private final Widening values;
  private final Widening keys;
  private final boolean hasOrigin;
  private final Function<Schema, Optional<String>> refusal;

  private RowSchema rows;
  private OriginColumn origin;
  private TypedRow row;

  /** Whether there were records without a value: then each column can be null. */
  private boolean hasNulls;

  private final ByteView encoded = new ByteView();
  private Object lastValue;
  private Object lastKey;

  /**
   * @param keys null if keys are bytes
   * @param refusal why files cannot have a schema
   */
  Family(
      Content values, Content keys, boolean hasOrigin, Function<Schema, Optional<String>> refusal) {
    this.values = new Widening(values);
    this.keys = new Widening(keys);
    this.hasOrigin = hasOrigin;
    this.refusal = refusal;
  }

  RowSchema rows() {
    return rows;
  }

  IndexedRecord row() {
    return row;
  }

  /**
   * Makes the row of a record.
   *
   * @param value what its value was written with; null if it has none
   * @param key what its key was written with; null if it has none, or keys are bytes
   */
  void read(KafkaRecord record, Content.Written value, Content.Written key)
      throws UnwritableRecordException {
    if (value == null && !hasOrigin) {
      throw new BadContentException(
              "is null, which files without a column " + OriginColumn.NAME + " cannot tell")
          .of(record, "value");
    }
    Content.Reading valueReading = value == null ? null : values.reading(value);
    Content.Reading keyReading = key == null ? null : keys.reading(key);
    if (rows == null
        || (value == null ? !hasNulls : valueReading == null)
        || (key != null && keyReading == null)) {
      admit(record, value, key);
      valueReading = value == null ? null : values.reading(value);
      keyReading = key == null ? null : keys.reading(key);
    }
    Object readKey = OriginColumn.buffer(record.key());
    if (keyReading != null) {
      try {
        lastKey = keyReading.read(record.key(), lastKey);
        readKey = lastKey;
      } catch (BadContentException e) {
        throw e.of(record, "key");
      }
    }
    if (valueReading != null) {
      try {
        lastValue = valueReading.read(record.value(), lastValue);
      } catch (BadContentException e) {
        throw e.of(record, "value");
      }
    }
    boolean isEncoded =
        valueReading != null && !hasNulls && valueReading.showEncoded(record.value(), encoded);
    row.show(value == null ? null : lastValue, value != null, isEncoded ? encoded : null);
    if (hasOrigin) {
      origin.show(record, readKey, id(key), id(value));
    }
  }

  private static Integer id(Content.Written written) {
    return written == null || written.id().isEmpty() ? null : written.id().getAsInt();
  }

  /** Changes nothing if it fails: what stood in the columns before still does. */
  private void admit(KafkaRecord record, Content.Written value, Content.Written key)
      throws UnwritableRecordException {
    try {
      admit(value, key, wider(values, value, record, "value"), wider(keys, key, record, "key"));
    } catch (BadContentException e) {
      throw e.of(record, "value");
    } catch (AvroRuntimeException e) {
      throw new BadContentException(
              "has a schema" + Widening.ofId(value) + " that no file can have: " + Reason.of(e))
          .of(record, "value");
    }
  }

  private void admit(Content.Written value, Content.Written key, Schema widerValue, Schema widerKey)
      throws BadContentException {
    boolean nulls = hasNulls || value == null;
    if (rows == null
        || widerValue != values.schema()
        || widerKey != keys.schema()
        || nulls != hasNulls) {
      begin(
          new RowSchema(
              columns(widerValue, nulls, value),
              hasOrigin ? OriginColumn.schema(widerKey) : null,
              plain(values, value),
              plain(keys, key)));
      hasNulls = nulls;
    }
    if (value != null) {
      values.admit(value, widerValue);
    }
    if (key != null) {
      keys.admit(key, widerKey);
    }
  }

  private static Schema wider(
      Widening known, Content.Written written, KafkaRecord record, String part)
      throws UnwritableRecordException {
    try {
      return written == null ? known.schema() : known.with(written);
    } catch (BadContentException e) {
      throw e.of(record, part);
    }
  }

  private static Schema plain(Widening known, Content.Written written) {
    return written == null || written.id().isPresent() ? known.plain() : written.schema();
  }

  /**
   * @param read what values are read as; null if there was none yet
   */
  private Schema columns(Schema read, boolean nulls, Content.Written value)
      throws BadContentException {
    if (read == null) {
      return RowSchema.empty();
    }
    if (read.getType() != Schema.Type.RECORD) {
      return RowSchema.wrap(nulls ? TypeRules.nullable(read) : read);
    }
    if (hasOrigin && read.getField(OriginColumn.NAME) != null) {
      throw new BadContentException(
          "has a field " + OriginColumn.NAME + " of its own" + Widening.ofId(value));
    }
    return nulls ? SchemaUnion.withNullFields(read) : read;
  }

  private void begin(RowSchema columns) throws BadContentException {
    Optional<String> refused = refusal.apply(columns.file());
    if (refused.isPresent()) {
      throw new BadContentException(
          "has a schema that files of this format cannot have: " + refused.get());
    }
    rows = columns;
    origin = hasOrigin ? new OriginColumn(columns.origin()) : null;
    row = new TypedRow(columns, origin);
  }
}
