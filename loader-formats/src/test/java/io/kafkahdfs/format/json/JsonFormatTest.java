package io.kafkahdfs.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
  private static final String GOOD =
      "{\"topic\":\"t\",\"partition\":3,\"offset\":5,\"timestamp\":7,"
          + "\"timestampType\":\"CREATE_TIME\",\"key\":null,\"value\":\"v\",\"headers\":[]}";

  private final FormatReader reader =
      FileFormat.JSON.reader(ReadOptions.ofLoaded(), new Configuration());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"NONE", "GZIP", "SNAPPY", "BZIP2", "DEFLATE"})
  void losesNothing(Codec codec) throws IOException {
    File file =
        ReadBack.write(folder, EncodeSettings.of(FileFormat.JSON).with(codec), Sample.variety());

    assertThat(read(file.toPath())).usingRecursiveComparison().isEqualTo(Sample.variety());
  }

  @Test
  void aLineIsWhatTheDocumentsSay() throws IOException {
    File file =
        ReadBack.write(
            folder,
            EncodeSettings.of(FileFormat.JSON),
            List.of(
                Sample.of(4, Sample.utf8("Grüße\n\"\\"), new byte[] {(byte) 0xff}),
                Sample.of(5, null, null)));

    List<String> lines = Files.readAllLines(file.toPath());
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(lines).hasSize(2);
    assertThat(first.get("topic").textValue()).isEqualTo(Sample.PARTITION.topic());
    assertThat(first.get("key").textValue()).isEqualTo("Grüße\n\"\\");
    assertThat(first.has("value")).isFalse();
    assertThat(first.get("value_base64").textValue()).isEqualTo("/w==");
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("value").isNull()).isTrue();
  }

  @Test
  void fieldsMayStandInAnyOrder() throws IOException {
    Path file =
        lines(
            "{\"value\":\"v\",\"key_base64\":\"/w==\",\"headers\":[{\"value\":null,\"key\":\"h\"}],"
                + "\"offset\":5,\"timestamp\":null,\"timestampType\":\"NONE\",\"topic\":\"t\","
                + "\"partition\":0}");

    assertThat(read(file).get(0).key()).containsExactly(0xff);
    assertThat(read(file).get(0).headers().get(0).key()).isEqualTo("h");
  }

  @Test
  void bytesThatAreNearlyUtf8AreNotTakenForText() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String hex : List.of("c080", "eda080", "f4908080", "e282", "80", "efbfbe", "f09f9a80")) {
      samples.add(Sample.of(samples.size(), null, java.util.HexFormat.of().parseHex(hex)));
    }

    File file = ReadBack.write(folder, EncodeSettings.of(FileFormat.JSON), samples);

    assertThat(read(file.toPath())).usingRecursiveComparison().isEqualTo(samples);
    assertThat(Files.readAllLines(file.toPath()).stream().filter(l -> l.contains("value_base64")))
        .hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "plain text",
        "{\"level\":\"INFO\"}",
        "{\"topic\":\"t\",\"topic\":\"t\"}"
      })
  void whatIsNoRecordIsBadAndTheNextOneIsRead(String line) throws IOException {
    Path file = lines(line, GOOD);

    try (RecordDecoder records = reader.open(hadoop(file), 0, Files.size(file))) {
      KafkaRecord record = new KafkaRecord();
      assertThatThrownBy(() -> records.next(record)).isInstanceOf(BadRecordException.class);
      assertThat(records.next(record)).isTrue();
      assertThat(record).hasToString("t-3@5");
      assertThat(records.next(record)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"offset\":5|\"offset\":-1|offset",
        "\"offset\":5|\"offset\":5.0|offset",
        "\"offset\":5|\"offset\":99999999999999999999|long",
        "\"partition\":3|\"partition\":2147483648|partition",
        "\"partition\":3|\"partition\":\"3\"|partition",
        "\"topic\":\"t\"|\"topic\":\"\"|partition",
        "\"CREATE_TIME\"|\"MADE\"|MADE",
        "\"key\":null|\"key\":null,\"key_base64\":\"/w==\"|twice",
        "\"key\":null|\"key_base64\":null|base64",
        "\"key\":null|\"key_base64\":\"!\"|base64",
        "\"value\":\"v\"|\"value\":\"\\ud800\"|Unicode",
        "\"value\":\"v\"|\"value\":7|text",
        "\"headers\":[]|\"headers\":null|headers",
        "\"headers\":[]|\"headers\":[{\"key\":\"k\"}]|header",
        "\"headers\":[]|\"headers\":[{\"key\":\"k\",\"key\":\"l\"}]|header",
        "\"headers\":[]|\"headers\":[{\"key\":\"\\ud800\",\"value\":null}]|Unicode",
        "\"headers\":[]|\"headers\":[],\"epoch\":1|epoch",
        "\"headers\":[]}|\"headers\":[]}{}|more"
      })
  void whatIsWrongIsNamed(String change) throws IOException {
    String[] parts = change.split("\\|");
    Path file = lines(GOOD.replace(parts[0], parts[1]));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(parts[2]);
  }

  @Test
  void tellsWhereItsRecordsCameFrom() throws IOException {
    assertThat(reader.topic(hadoop(lines(GOOD)))).contains("t");
    assertThat(reader.topic(hadoop(lines()))).isEmpty();
    assertThat(reader.isSplittable(hadoop(lines(GOOD)))).isTrue();
  }

  private Path lines(String... lines) throws IOException {
    return Files.write(folder.resolve("file.json"), List.of(lines));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private List<Sample> read(Path file) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (RecordDecoder records = reader.open(hadoop(file), 0, Files.size(file))) {
      KafkaRecord record = new KafkaRecord();
      while (records.next(record)) {
        samples.add(
            new Sample(
                record.offset(),
                record.key().toByteArray(),
                record.value().toByteArray(),
                record.timestamp(),
                record.timestampType(),
                record.headers()));
      }
    }
    return samples;
  }
}
