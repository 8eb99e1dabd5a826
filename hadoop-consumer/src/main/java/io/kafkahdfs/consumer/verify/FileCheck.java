package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.archive.ArchiveSchema;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.encode.FileFormat;
import io.kafkahdfs.store.FileStore;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads a file back and holds it against what its commit says. */
final class FileCheck {
  /** Of the archive's records only the offsets are decoded. */
  private static final Schema OFFSETS = only("offset", ArchiveSchema.schema());

  private final FileStore store;
  private final Configuration configuration;
  private final byte[] buffer = new byte[1 << 20];

  FileCheck(FileStore store, Configuration configuration) {
    this.store = store;
    this.configuration = configuration;
  }

  /**
   * @return what is wrong with the file, in words; empty if nothing is
   */
  Optional<String> check(Path file, Commit.File landed, FileFormat format) throws IOException {
    String checksum = checksum(file);
    if (!checksum.equals(landed.crc32c())) {
      return Optional.of("its checksum is " + checksum + ", not " + landed.crc32c());
    }
    try {
      return switch (format) {
        case AVRO -> checkAvro(file, landed);
        case TEXT -> checkLines(file, landed);
        case SEQUENCE -> count(landed, countSequence(file));
      };
    } catch (EOFException | AvroRuntimeException e) {
      return Optional.of("it cannot be read to its end: " + e.getMessage());
    }
  }

  private String checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = new CheckedInputStream(store.open(file), checksum)) {
      while (in.read(buffer) >= 0) {
        // The stream keeps the checksum.
      }
    }
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private Optional<String> checkAvro(Path file, Commit.File landed) throws IOException {
    long records = 0;
    long last = landed.firstOffset() - 1;
    GenericRecord record = null;
    try (DataFileStream<GenericRecord> in =
        new DataFileStream<>(
            new BufferedInputStream(store.open(file), buffer.length),
            new GenericDatumReader<>(null, OFFSETS))) {
      while (in.hasNext()) {
        record = in.next(record);
        long offset = (Long) record.get("offset");
        if (offset < last || offset > landed.lastOffset() || records == 0 && offset != last + 1) {
          return Optional.of("its record number " + records + " has the offset " + offset);
        }
        last = offset;
        records++;
      }
    }
    if (last != landed.lastOffset()) {
      return Optional.of("it ends with the offset " + last + ", not " + landed.lastOffset());
    }
    return count(landed, records);
  }

  /** A value may have been allowed to make several lines: fewer than records are too few. */
  private Optional<String> checkLines(Path file, Commit.File landed) throws IOException {
    long lines = 0;
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
    try (InputStream raw = store.open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines < landed.records()
        ? Optional.of("it has " + lines + " lines, and " + landed.records() + " records")
        : Optional.empty();
  }

  private long countSequence(Path file) throws IOException {
    long records = 0;
    try (SequenceFile.Reader reader =
        new SequenceFile.Reader(configuration, SequenceFile.Reader.file(file))) {
      BytesWritable key = new BytesWritable();
      while (reader.next(key)) {
        records++;
      }
    }
    return records;
  }

  private static Schema only(String field, Schema schema) {
    return Schema.createRecord(
        schema.getName(),
        schema.getDoc(),
        schema.getNamespace(),
        false,
        List.of(new Schema.Field(field, schema.getField(field).schema())));
  }

  private static Optional<String> count(Commit.File landed, long records) {
    return records == landed.records()
        ? Optional.empty()
        : Optional.of("it has " + records + " records, not " + landed.records());
  }
}
