package io.kafkahdfs.producer.decode;

import io.kafkahdfs.archive.ArchiveSchema;
import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Tells archives from other Avro files. */
public final class AvroDecoders {
  /** Where kafka-to-hdfs says in a file's header whose records are in it. */
  private static final String TOPIC = "kafkahdfs.topic";

  private AvroDecoders() {}

  static RecordDecoder open(
      Path file, long start, long length, DecodeSettings settings, Configuration configuration)
      throws IOException {
    Schema schema = schema(file, configuration);
    if (!isArchive(schema)) {
      return new AvroValueDecoder(
          file, start, length, schema, settings.avroValues(), configuration);
    }
    RecordDecoder records = new ArchiveDecoder(file, start, length, configuration);
    return settings.timestampsSent() ? new SendableTimestamps(records) : records;
  }

  /**
   * The first record of an archive.
   *
   * @return empty for other files, and archives without records
   * @throws IOException if it is no Avro file
   */
  public static Optional<KafkaRecord> first(Path file, Configuration configuration)
      throws IOException {
    if (!isArchive(schema(file, configuration))) {
      return Optional.empty();
    }
    try (RecordDecoder records = new ArchiveDecoder(file, 0, ArchiveDecoder.WHOLE, configuration)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }

  private static boolean isArchive(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        && schema.getFullName().equals(ArchiveSchema.schema().getFullName());
  }

  private static Schema schema(Path file, Configuration configuration) throws IOException {
    try (DataFileReader<Object> reader = reader(file, configuration)) {
      return reader.getSchema();
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static DataFileReader<Object> reader(Path file, Configuration configuration)
      throws IOException {
    HdfsInput input = new HdfsInput(file, configuration);
    try {
      return new DataFileReader<>(input, new GenericDatumReader<>());
    } catch (InvalidAvroMagicException e) {
      input.close();
      // Without the cause: its kind is none of those that tell of a file's own faults.
      throw new IOException("it is no Avro file");
    }
  }

  /**
   * The topic that an archive's records were read from, as its header says, or else its first
   * record.
   *
   * @return empty for other files, and archives without records
   * @throws IOException if it is no Avro file
   */
  public static Optional<String> topic(Path file, Configuration configuration) throws IOException {
    try (DataFileReader<Object> reader = reader(file, configuration)) {
      if (!isArchive(reader.getSchema())) {
        return Optional.empty();
      }
      if (reader.getMetaString(TOPIC) != null) {
        return Optional.of(reader.getMetaString(TOPIC));
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
    return first(file, configuration).map(record -> record.partition().topic());
  }
}
