package io.kafkahdfs.producer.decode;

import io.kafkahdfs.archive.ArchiveSchema;
import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Tells archives from other Avro files. */
public final class AvroDecoders {
  /** Where kafka-to-hdfs says in a file's header whose records are in it. */
  private static final String TOPIC = "kafkahdfs.topic";

  private AvroDecoders() {}

  static RecordDecoder open(
      Path path, long start, long length, DecodeSettings settings, Configuration configuration)
      throws IOException {
    AvroFile file = new AvroFile(path, configuration);
    long end = start + length;
    boolean checked = settings.checkedFirst();
    // The file is closed with the decoder, also if there is none after all.
    if (!isArchive(file.schema())) {
      return new AvroValueDecoder(file, start, end, settings.avroValues(), checked);
    }
    RecordDecoder records = new ArchiveDecoder(file, start, end, checked);
    return settings.timestampsSent() ? new SendableTimestamps(records) : records;
  }

  /**
   * The first record of an archive.
   *
   * @return empty for other files, and archives without records
   * @throws IOException if it is no Avro file
   */
  public static Optional<KafkaRecord> first(Path path, Configuration configuration)
      throws IOException {
    AvroFile file = new AvroFile(path, configuration);
    if (!isArchive(file.schema())) {
      file.close();
      return Optional.empty();
    }
    try (RecordDecoder records = new ArchiveDecoder(file, 0, Long.MAX_VALUE, false)) {
      KafkaRecord first = new KafkaRecord();
      return records.next(first) ? Optional.of(first) : Optional.empty();
    }
  }

  static void inspect(Path path, Configuration configuration) throws IOException {
    try (AvroFile file = new AvroFile(path, configuration)) {
      AvroCodec.of(file);
    }
  }

  private static boolean isArchive(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        && schema.getFullName().equals(ArchiveSchema.schema().getFullName());
  }

  /**
   * The topic that an archive's records were read from, as its header says, or else its first
   * record.
   *
   * @return empty for other files, and archives without records
   * @throws IOException if it is no Avro file
   */
  public static Optional<String> topic(Path file, Configuration configuration) throws IOException {
    try (AvroFile header = new AvroFile(file, configuration)) {
      if (!isArchive(header.schema())) {
        return Optional.empty();
      }
      Optional<String> topic = header.meta(TOPIC);
      if (topic.isPresent()) {
        return topic;
      }
    }
    return first(file, configuration).map(record -> record.partition().topic());
  }
}
