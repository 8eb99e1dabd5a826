package io.kafkahdfs.consumer.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.consumer.ColumnFiles;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files on HDFS, read back through HDFS. */
class LaneWriterIT {
  private static final PartitionId PARTITION = new PartitionId("events", 0);
  private static final int RECORDS = 30_000;

  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void startHdfs(@TempDir java.nio.file.Path folder) throws IOException {
    hdfs = new MiniDFSCluster.Builder(new Configuration(), folder.toFile()).build();
  }

  @AfterAll
  static void stopHdfs() {
    hdfs.shutdown();
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void everyFormatRollsAndComesBack(FileFormat format) throws IOException {
    Codec codec = Codec.SNAPPY;
    Configuration configuration = new Configuration(hdfs.getConfiguration(0));
    configuration.setInt("parquet.block.size", 200_000);
    configuration.setInt("orc.stripe.size", 200_000);
    Path staging = new Path(hdfs.getURI() + "/load/staging/" + format.id());
    FileStore store = HadoopFileStore.of(staging, configuration);
    List<String> written = new ArrayList<>();
    List<WrittenFile> files;
    try (LaneWriter writer =
        new LaneWriter(
            StagedFiles.sideBySide(store, staging, configuration),
            "run-00003",
            new PathLayout(FilePer.PARTITION),
            EncodeSettings.of(format).with(codec),
            new LaneWriter.Limits(300_000, 1, 1000))) {
      KafkaRecord record = new KafkaRecord();
      for (int offset = 0; offset < RECORDS; offset++) {
        String value = "%d %x ".formatted(offset, offset * 0x9E3779B97F4A7C15L) + "x".repeat(100);
        written.add(value);
        record.setPosition(PARTITION, offset);
        record.value().set(value.getBytes(UTF_8));
        writer.write(record);
      }
      files = writer.finish();
    }

    assertThat(files).hasSizeGreaterThan(1);
    List<String> read = new ArrayList<>();
    long next = 0;
    for (WrittenFile file : files) {
      Path path = new Path(staging, file.staged());
      assertThat(store.entry(path).orElseThrow().length()).isEqualTo(file.bytes());
      FilePart part = file.parts().get(0);
      assertThat(part.firstOffset()).isEqualTo(next);
      assertThat(part.records()).isEqualTo(part.lastOffset() - part.firstOffset() + 1);
      next = part.lastOffset() + 1;
      read.addAll(values(format, store, path, configuration));
    }
    assertThat(next).isEqualTo(RECORDS);
    assertThat(read).isEqualTo(written);
  }

  private static List<String> values(
      FileFormat format, FileStore store, Path path, Configuration configuration)
      throws IOException {
    List<String> values = new ArrayList<>();
    switch (format) {
      case AVRO -> {
        try (DataFileStream<GenericRecord> records =
            new DataFileStream<>(store.open(path), new GenericDatumReader<>())) {
          for (GenericRecord record : records) {
            values.add(UTF_8.decode((java.nio.ByteBuffer) record.get("value")).toString());
          }
        }
      }
      case TEXT -> values.addAll(lines(store, path, configuration));
      case JSON -> {
        for (String line : lines(store, path, configuration)) {
          values.add(new ObjectMapper().readTree(line).get("value").textValue());
        }
      }
      case SEQUENCE -> {
        try (SequenceFile.Reader reader =
            new SequenceFile.Reader(configuration, SequenceFile.Reader.file(path))) {
          BytesWritable key = new BytesWritable();
          BytesWritable value = new BytesWritable();
          while (reader.next(key, value)) {
            values.add(new String(value.copyBytes(), UTF_8));
          }
        }
      }
      case PARQUET -> values.addAll(ColumnFiles.parquet(path, configuration));
      case ORC -> values.addAll(ColumnFiles.orc(path, configuration));
    }
    return values;
  }

  private static List<String> lines(FileStore store, Path path, Configuration configuration)
      throws IOException {
    try (InputStream in =
            new CompressionCodecFactory(configuration)
                .getCodec(path)
                .createInputStream(store.open(path));
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().toList();
    }
  }
}
