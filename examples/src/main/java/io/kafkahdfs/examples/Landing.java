package io.kafkahdfs.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What lies in HDFS, read as anybody would read it: with Hadoop's and Avro's own classes. */
final class Landing {
  private final FileSystem files;
  private final Path root;
  private final FileFormat format;

  Landing(FileSystem files, Path root, FileFormat format) {
    this.files = files;
    this.root = root;
    this.format = format;
  }

  /**
   * A record as it stands in a file.
   *
   * @param key may be null
   * @param value may be null
   */
  record Record(int partition, long offset, byte[] key, byte[] value) {}

  /** Takes records one by one. */
  interface Reader {
    void read(Record record);
  }

  /** The files of a topic by their names, which hold the partition and the offsets; maybe none. */
  List<FileStatus> files(String topic) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(root, topic), true);
      while (all.hasNext()) {
        found.add(all.next());
      }
    } catch (FileNotFoundException e) {
      // Nothing has landed.
    }
    found.sort(Comparator.comparing(file -> file.getPath().toString()));
    return found;
  }

  /** A file's name below the topic's folder. */
  String name(String topic, FileStatus file) {
    return new Path(root, topic).toUri().relativize(file.getPath().toUri()).getPath();
  }

  /**
   * Reads all records of a topic, those of a partition in the order of the files: Avro as everybody
   * does, other formats as the loader does.
   */
  void read(String topic, Reader reader) throws IOException {
    for (FileStatus file : files(topic)) {
      if (format == FileFormat.AVRO) {
        readAvro(file, reader);
      } else {
        readOther(file, reader);
      }
    }
  }

  private void readAvro(FileStatus file, Reader reader) throws IOException {
    try (InputStream in = files.open(file.getPath());
        DataFileStream<GenericRecord> records =
            new DataFileStream<>(in, new GenericDatumReader<>())) {
      for (GenericRecord record : records) {
        reader.read(
            new Record(
                (int) record.get("partition"),
                (long) record.get("offset"),
                bytes(record.get("key")),
                bytes(record.get("value"))));
      }
    }
  }

  private void readOther(FileStatus file, Reader reader) throws IOException {
    try (RecordDecoder records =
        format
            .reader(ReadOptions.ofLoaded(), files.getConf())
            .open(file.getPath(), 0, file.getLen())) {
      KafkaRecord record = new KafkaRecord();
      while (records.next(record)) {
        reader.read(
            new Record(
                record.partition().partition(),
                record.offset(),
                record.key().toByteArray(),
                record.value().toByteArray()));
      }
    }
  }

  /** The bytes of a field of Avro's or Iceberg's; null if it is. */
  static byte[] bytes(Object field) {
    if (field == null) {
      return null;
    }
    ByteBuffer buffer = (ByteBuffer) field;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Where the last commit stands. */
  Path lastCommit() throws IOException {
    List<Path> commits = new ArrayList<>();
    for (FileStatus file : files.listStatus(new Path(root, "_kafka_to_hdfs/commits"))) {
      if (file.getPath().getName().endsWith(".json")) {
        commits.add(file.getPath());
      }
    }
    // Their numbers are padded, so that names sort as numbers do.
    return commits.stream().max(Comparator.comparing(Path::getName)).orElseThrow();
  }

  /** Reads a JSON file. */
  JsonNode json(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
