package io.kafkahdfs.format.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.Codec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroEncoderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"NONE", "SNAPPY", "ZSTANDARD", "DEFLATE"})
  void losesNothing(Codec codec) throws IOException {
    File file =
        ReadBack.write(folder, EncodeSettings.of(FileFormat.AVRO).with(codec), Sample.variety());

    List<GenericRecord> records = ReadBack.avro(file);

    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.get("topic")).hasToString("clicks.eu-west_1");
              assertThat(record.get("partition")).isEqualTo(7);
            });
    assertThat(records.stream().map(AvroEncoderTest::sample).toList())
        .usingRecursiveComparison()
        .isEqualTo(Sample.variety());
  }

  @Test
  void saysWhatItIs() throws IOException {
    File file =
        ReadBack.write(
            folder,
            EncodeSettings.of(FileFormat.AVRO),
            List.of(Sample.of(1, null, Sample.utf8("value"))));

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      assertThat(reader.getSchema()).isEqualTo(ArchiveSchema.schema());
      assertThat(reader.getMetaString("avro.codec")).isEqualTo("snappy");
      assertThat(reader.getMetaString("kafkahdfs.topic")).isEqualTo("clicks.eu-west_1");
      assertThat(reader.getMetaString("kafkahdfs.partition")).isEqualTo("7");
      assertThat(reader.getMetaString("kafkahdfs.writer")).startsWith("kafka-hdfs ");
    }
  }

  @Test
  void blocksHoldAMebibyteSoThatFilesCanBeSplit() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      samples.add(Sample.of(i, null, new byte[100_000]));
    }
    File file =
        ReadBack.write(folder, EncodeSettings.of(FileFormat.AVRO).with(Codec.NONE), samples);

    List<Long> perBlock = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      while (reader.hasNext()) {
        perBlock.add(reader.getBlockCount());
        reader.nextBlock();
      }
    }
    assertThat(perBlock).containsExactly(11L, 11L, 11L, 11L, 6L);
  }

  @Test
  void everyFieldOfTheSchemaIsDocumented() {
    Schema schema = ArchiveSchema.schema();

    assertThat(schema.getFullName()).isEqualTo("io.kafkahdfs.KafkaRecord");
    assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    assertThat(schema.getField("headers").schema().getElementType().getFields())
        .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
  }

  private static Sample sample(GenericRecord record) {
    Object timestamp = record.get("timestamp");
    List<RecordHeader> headers = new ArrayList<>();
    for (Object item : (List<?>) record.get("headers")) {
      GenericRecord header = (GenericRecord) item;
      headers.add(
          new RecordHeader(header.get("key").toString(), ReadBack.bytes(header.get("value"))));
    }
    return new Sample(
        (Long) record.get("offset"),
        ReadBack.bytes(record.get("key")),
        ReadBack.bytes(record.get("value")),
        timestamp == null ? KafkaRecord.NO_TIMESTAMP : (Long) timestamp,
        TimestampType.valueOf(record.get("timestampType").toString()),
        List.copyOf(headers));
  }
}
