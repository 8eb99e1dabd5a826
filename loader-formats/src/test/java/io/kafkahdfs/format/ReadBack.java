package io.kafkahdfs.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Reads files as those do who know nothing of this product. */
public final class ReadBack {
  private ReadBack() {}

  /** The values of a file. */
  public static List<byte[]> values(FileFormat format, File file) throws IOException {
    return switch (format) {
      case AVRO -> avro(file).stream().map(record -> bytes(record.get("value"))).toList();
      case TEXT -> lines(file);
      case JSON -> json(file);
      case SEQUENCE -> {
        List<byte[]> values = new ArrayList<>();
        sequence(file, (key, value) -> values.add(value));
        yield values;
      }
      case PARQUET -> parquet(file);
      case ORC -> orc(file);
    };
  }

  /** As any JSON parser reads it. */
  private static List<byte[]> json(File file) throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (byte[] line : lines(file)) {
      JsonNode record = new ObjectMapper().readTree(line);
      values.add(
          record.has("value")
              ? record.get("value").textValue().getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(record.get("value_base64").textValue()));
    }
    return values;
  }

  /** As Parquet's own example reads it, which knows nothing of Avro. */
  private static List<byte[]> parquet(File file) throws IOException {
    List<byte[]> values = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new Path(file.toURI())).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        values.add(row.getBinary("value", 0).getBytes());
      }
    }
    return values;
  }

  /** As ORC's own reader gives it. */
  private static List<byte[]> orc(File file) throws IOException {
    List<byte[]> values = new ArrayList<>();
    try (Reader reader =
            OrcFile.createReader(
                new Path(file.toURI()), OrcFile.readerOptions(new Configuration()));
        RecordReader rows = reader.rows()) {
      int column = reader.getSchema().getFieldNames().indexOf("value");
      VectorizedRowBatch batch = reader.getSchema().createRowBatch();
      while (rows.nextBatch(batch)) {
        BytesColumnVector bytes = (BytesColumnVector) batch.cols[column];
        for (int i = 0; i < batch.size; i++) {
          int at = bytes.isRepeating ? 0 : i;
          values.add(
              bytes.length[at] == 0
                  ? new byte[0]
                  : Arrays.copyOfRange(
                      bytes.vector[at], bytes.start[at], bytes.start[at] + bytes.length[at]));
        }
      }
    }
    return values;
  }

  public static List<GenericRecord> avro(File file) throws IOException {
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      List<GenericRecord> records = new ArrayList<>();
      reader.forEach(records::add);
      return records;
    }
  }

  /** As MapReduce's TextInputFormat reads it, that finds the codec by the file's name. */
  public static List<byte[]> lines(File file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (LineRecordReader reader = new LineRecordReader()) {
      reader.initialize(
          new FileSplit(new Path(file.toURI()), 0, file.length(), new String[0]),
          new TaskAttemptContextImpl(new Configuration(), new TaskAttemptID()));
      while (reader.nextKeyValue()) {
        lines.add(reader.getCurrentValue().copyBytes());
      }
    }
    return lines;
  }

  public static void sequence(File file, BiConsumer<byte[], byte[]> records) throws IOException {
    try (SequenceFile.Reader reader = sequenceReader(file)) {
      BytesWritable key = new BytesWritable();
      BytesWritable value = new BytesWritable();
      while (reader.next(key, value)) {
        records.accept(key.copyBytes(), value.copyBytes());
      }
    }
  }

  public static SequenceFile.Reader sequenceReader(File file) throws IOException {
    return new SequenceFile.Reader(
        new Configuration(), SequenceFile.Reader.file(new Path(file.toURI())));
  }

  /** What Avro makes of a union of null and bytes. */
  public static byte[] bytes(Object field) {
    if (field == null) {
      return null;
    }
    ByteBuffer buffer = (ByteBuffer) field;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Undoes {@link NewlinePolicy#ESCAPE}. */
  public static byte[] unescape(byte[] line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length);
    for (int i = 0; i < line.length; i++) {
      if (line[i] != '\\') {
        bytes.write(line[i]);
        continue;
      }
      i++;
      switch (line[i]) {
        case 'n' -> bytes.write('\n');
        case 'r' -> bytes.write('\r');
        case '\\' -> bytes.write('\\');
        default -> throw new AssertionError("Not escaped: " + Arrays.toString(line));
      }
    }
    return bytes.toByteArray();
  }

  /** Writes samples to a file with the name that its format and codec ask for. */
  public static File write(
      java.nio.file.Path folder, EncodeSettings settings, List<Sample> samples) {
    File file = folder.resolve("file" + settings.extension()).toFile();
    try (RecordEncoder encoder =
        settings.create(
            Target.of(new java.io.FileOutputStream(file)), Provenance.of(Sample.PARTITION))) {
      for (Sample sample : samples) {
        encoder.write(sample.record());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
