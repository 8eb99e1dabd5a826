package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Makes rows of records: the fields of the value are columns. Values of a topic whose schemas have
 * one name share columns, which widen as versions of the schema come. Not for several threads.
 */
public final class TypedRows {
  private final Content values;
  private final Content keys;
  private final boolean hasOrigin;
  private final Function<Schema, Optional<String>> refusal;
  private final Map<String, Topic> topics = new HashMap<>();
  private PartitionId partition;
  private Topic topic;
  private Family family;

  private static final class Topic {
    private final Map<String, Family> families = new HashMap<>();
    private Content.Written last;
    private Family family;
  }

  /**
   * @param refusal see {@link io.kafkahdfs.format.spi.RowFormat#refusal}
   */
  public TypedRows(ValueOptions options, Function<Schema, Optional<String>> refusal) {
    this.values = options.valueContent();
    this.keys = options.keyContent();
    this.hasOrigin = options.hasOrigin();
    this.refusal = refusal;
  }

  /**
   * Decodes a record.
   *
   * @return the columns of its row: the same object as long as they are the same
   * @throws io.kafkahdfs.format.spi.UnwritableRecordException if it cannot be decoded, or not stand
   *     in such files
   */
  public RowSchema decode(KafkaRecord record) throws IOException {
    if (record.partition() != partition) {
      partition = record.partition();
      topic = topics.computeIfAbsent(partition.topic(), name -> new Topic());
    }
    Content.Written value = written(values, record.value(), record, "value");
    Content.Written key = keys == null ? null : written(keys, record.key(), record, "key");
    if (topic.family == null || (value != topic.last && value != null)) {
      topic.family =
          topic.families.computeIfAbsent(
              name(value), name -> new Family(values, keys, hasOrigin, refusal));
      topic.last = value;
    }
    family = topic.family;
    family.read(record, value, key);
    return family.rows();
  }

  /** Null for null. */
  private static Content.Written written(
      Content content, ByteView bytes, KafkaRecord record, String part) throws IOException {
    try {
      return bytes.isNull() ? null : content.written(bytes);
    } catch (BadContentException e) {
      throw e.of(record, part);
    }
  }

  /** What values must have in common to share columns. */
  private static String name(Content.Written value) {
    return value == null || value.schema().getType() != Schema.Type.RECORD
        ? ""
        : value.schema().getFullName();
  }

  /** The row of the record that was decoded last; a view, until the next one is decoded. */
  public IndexedRecord row() {
    return family.row();
  }
}
