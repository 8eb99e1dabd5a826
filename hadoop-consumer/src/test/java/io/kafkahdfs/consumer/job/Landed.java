package io.kafkahdfs.consumer.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.ColumnFiles;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** What stands in an output, read with the readers that others use. */
final class Landed {
  private final Configuration configuration;
  private final Path root;
  private final FileStore store;

  Landed(Configuration configuration, Path root) throws IOException {
    this.configuration = configuration;
    this.root = root;
    this.store = HadoopFileStore.of(root, configuration);
  }

  /** A record; bytes that were null are "null". */
  record Row(int partition, long offset, String key, String value) {}

  /** The files of a topic, by name. */
  List<FileEntry> files(String topic) throws IOException {
    return store.list(new Path(root, topic));
  }

  /** All names that stand in the root. */
  List<String> names() throws IOException {
    return store.list(root).stream().map(FileEntry::name).toList();
  }

  /** All records of a topic's Avro files, in the order of file names. */
  List<Row> avro(String topic) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (FileEntry file : files(topic)) {
      try (InputStream in = store.open(file.path());
          DataFileStream<GenericRecord> records =
              new DataFileStream<>(in, new GenericDatumReader<>())) {
        for (GenericRecord record : records) {
          rows.add(
              new Row(
                  (Integer) record.get("partition"),
                  (Long) record.get("offset"),
                  text(record.get("key")),
                  text(record.get("value"))));
        }
      }
    }
    return rows;
  }

  private static String text(Object bytes) {
    return bytes == null
        ? "null"
        : StandardCharsets.UTF_8.decode(((ByteBuffer) bytes).duplicate()).toString();
  }

  /** All lines of a topic's text files, decompressed as Hadoop does by their names. */
  List<String> lines(String topic) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileEntry file : files(topic)) {
      CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file.path());
      try (InputStream raw = store.open(file.path());
          InputStream in = codec == null ? raw : codec.createInputStream(raw);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        reader.lines().forEach(lines::add);
      }
    }
    return lines;
  }

  /** All values of a topic's JSON files, which must be text. */
  List<String> json(String topic) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : lines(topic)) {
      values.add(new ObjectMapper().readTree(line).get("value").textValue());
    }
    return values;
  }

  /** All values of a topic's SequenceFiles. */
  List<String> sequence(String topic) throws IOException {
    List<String> values = new ArrayList<>();
    for (FileEntry file : files(topic)) {
      try (SequenceFile.Reader reader =
          new SequenceFile.Reader(configuration, SequenceFile.Reader.file(file.path()))) {
        BytesWritable key = new BytesWritable();
        BytesWritable value = new BytesWritable();
        while (reader.next(key, value)) {
          values.add(new String(value.copyBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }

  /** All values of a topic's Parquet files. */
  List<String> parquet(String topic) throws IOException {
    List<String> values = new ArrayList<>();
    for (FileEntry file : files(topic)) {
      if (file.name().endsWith(".parquet")) {
        values.addAll(ColumnFiles.parquet(file.path(), configuration));
      }
    }
    return values;
  }

  /** All values of a topic's ORC files. */
  List<String> orc(String topic) throws IOException {
    List<String> values = new ArrayList<>();
    for (FileEntry file : files(topic)) {
      if (file.name().endsWith(".orc")) {
        values.addAll(ColumnFiles.orc(file.path(), configuration));
      }
    }
    return values;
  }

  /** The text of each of a topic's files, by name. */
  Map<String, String> contents(String topic) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (FileEntry file : files(topic)) {
      try (InputStream in = store.open(file.path())) {
        contents.put(file.name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  StateFolder state() {
    return new StateFolder(root);
  }

  /** The last commit. */
  Commit commit() throws IOException {
    return new CommitStore(store, state()).last().orElseThrow();
  }

  /** All commits, in order. */
  List<Commit> commits() throws IOException {
    CommitStore commits = new CommitStore(store, state());
    List<Commit> all = new ArrayList<>();
    for (long number = 1; number <= commits.list().last(); number++) {
      all.add(commits.read(number));
    }
    return all;
  }

  /** The next offsets of the last commit. */
  Map<PartitionId, Long> next() throws IOException {
    return new TreeMap<>(commit().history().checkpoint().nextOffsets());
  }

  FileStore store() {
    return store;
  }
}
