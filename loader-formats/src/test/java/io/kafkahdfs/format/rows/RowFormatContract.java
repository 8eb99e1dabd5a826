package io.kafkahdfs.format.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.Stretches;
import io.kafkahdfs.format.Stretches.Pair;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every format whose files have columns. */
public abstract class RowFormatContract {
  private static final Schema ORDER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "namespace": "shop", "fields": [
                {"name": "id", "type": "long"},
                {"name": "paid", "type": "boolean"},
                {"name": "count", "type": ["null", "int"], "default": null},
                {"name": "weight", "type": "float"},
                {"name": "size", "type": "double"},
                {"name": "who", "type": ["string", "null"]},
                {"name": "kind", "type":
                  {"type": "enum", "name": "Kind", "symbols": ["NEW", "OLD"]}},
                {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 3}},
                {"name": "raw", "type": ["null", "bytes"]},
                {"name": "price", "type":
                  {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
                {"name": "more", "type": {"type": "map", "values": ["null", "long"]}},
                {"name": "address", "type": ["null",
                  {"type": "record", "name": "Address", "fields": [
                    {"name": "street", "type": "string"},
                    {"name": "lines", "type": {"type": "array", "items":
                      {"type": "record", "name": "Line", "fields": [
                        {"name": "n", "type": "int"}]}}}]}]},
                {"name": "either", "type": ["null", "string", "long", "Hash"]}]}
              """);

  private final FileFormat format;

  @TempDir Path folder;

  protected RowFormatContract(FileFormat format) {
    this.format = format;
  }

  /** Sets up small row groups, of so many bytes or a few rows. */
  protected abstract Configuration smallGroups(int bytes);

  private RowFormat rows() {
    return format.format().rows().orElseThrow();
  }

  private FormatReader reader() {
    return format.reader(ReadOptions.ofLoaded(), new Configuration());
  }

  @Test
  void losesNothingOfARecord() throws IOException {
    for (Codec codec : format.format().codecs()) {
      Path file =
          ReadBack.write(folder, EncodeSettings.of(format).with(codec), Sample.variety()).toPath();

      assertThat(samples(file))
          .as("%s", codec)
          .usingRecursiveComparison()
          .isEqualTo(Sample.variety());
    }
  }

  @Test
  void tellsWhereItsRecordsCameFrom() throws IOException {
    Path file = ReadBack.write(folder, EncodeSettings.of(format), Sample.variety()).toPath();

    assertThat(reader().topic(hadoop(file))).contains(Sample.PARTITION.topic());
    assertThat(reader().firstLoaded(hadoop(file)))
        .hasValueSatisfying(first -> assertThat(first.partition()).isEqualTo(Sample.PARTITION));
    assertThat(reader().isSplittable(hadoop(file))).isTrue();
    reader().inspect(hadoop(file));
  }

  @Test
  void rowsComeBackWithTheirSchema() throws IOException {
    List<GenericRecord> orders =
        LongStream.range(0, 500).mapToObj(RowFormatContract::order).toList();
    Path file = write(ORDER, orders, new Configuration());

    try (RowReader rows = rows().open(hadoop(file), 0, Long.MAX_VALUE, new Configuration())) {
      assertThat(rows.schema()).isEqualTo(ORDER);
      assertThat(rows.metadata()).containsEntry("who", "a test");
      for (GenericRecord order : orders) {
        IndexedRecord row = rows.next();
        assertThat(GenericData.get().compare(row, order, withoutMaps())).isZero();
        assertThat(map(row)).isEqualTo(map(order));
      }
      assertThat(rows.next()).isNull();
      assertThat(rows.next()).isNull();
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  /** Maps have no order in Avro, and cannot be compared by it. */
  private static Schema withoutMaps() {
    return new Schema.Parser()
        .parse(
            ORDER
                .toString()
                .replace(
                    "{\"name\":\"more\",\"type\":{",
                    "{\"name\":\"more\",\"order\":\"ignore\",\"type\":{"));
  }

  private static Object map(IndexedRecord row) {
    return GenericData.get().toString(row.get(ORDER.getField("more").pos()));
  }

  @Test
  void eachRowIsReadOnceWhereverTheFileIsCut() throws IOException {
    Random random = new Random(5);
    List<GenericRecord> orders =
        LongStream.range(0, 300).mapToObj(RowFormatContract::order).toList();
    Path written = write(ORDER, orders, smallGroups(3000));
    FormatReader reader = reader();
    try (Stretches file = new Stretches(".file")) {
      file.write(Files.readAllBytes(written));
      List<Pair> all = file.read(List.of(), reader::open);
      assertThat(all).hasSize(300).doesNotHaveDuplicates();
      for (int i = 0; i < 8; i++) {
        assertThat(file.read(file.cuts(random), reader::open)).isEqualTo(all);
      }
      List<Long> everywhere =
          LongStream.range(1, 100).map(n -> n * file.length() / 100).boxed().toList();
      assertThat(file.read(everywhere, reader::open)).isEqualTo(all);
      List<Pair> first =
          file.read(List.of(), (path, from, length) -> reader.open(path, 0, file.length() / 100));
      assertThat(first.size()).isBetween(1, 100);
    }
  }

  @Test
  void aRowThatIsNoRecordIsAValue() throws IOException {
    Path file = write(ORDER, List.of(order(1)), new Configuration());
    FormatReader json =
        format.reader(
            new ReadOptions(AvroValues.JSON, Optional.empty(), EscapedLines.KEEP, false, true),
            new Configuration());
    KafkaRecord record = new KafkaRecord();

    assertThat(json.firstLoaded(hadoop(file))).isEmpty();
    assertThat(json.topic(hadoop(file))).isEmpty();
    try (RecordDecoder records = json.open(hadoop(file), 0, Long.MAX_VALUE)) {
      assertThat(records.next(record)).isTrue();
      assertThat(record.partition()).isNull();
      assertThat(record.key().isNull()).isTrue();
      assertThat(record.value().toString())
          .startsWith("{\"id\":1,\"paid\":false,\"count\":{\"int\":1},")
          .endsWith("\"either\":{\"string\":\"1\"}}");
      assertThat(records.next(record)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.99, 0.999})
  void aFileThatIsCutShortIsNeverTakenForWhole(double part) throws IOException {
    Path file = write(ORDER, List.of(order(1), order(2)), new Configuration());
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, (int) (all.length * part)));

    assertThatThrownBy(() -> samples(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader().inspect(hadoop(file))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatHasNoColumnsIsRefusedWithTheField(String type, String message) {
    Schema schema =
        new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + type + "]}");

    assertThat(rows().refusal(schema))
        .hasValueSatisfying(reason -> assertThat(reason).contains(message));
    assertThat(rows().refusal(ORDER)).isEmpty();
    assertThat(rows().refusal(ArchiveSchema.schema())).isEmpty();
  }

  static List<Object[]> refused() {
    return List.of(
        new Object[] {"", "no fields"},
        new Object[] {"{\"name\":\"next\",\"type\":[\"null\",\"R\"]}", "next"},
        new Object[] {
          "{\"name\":\"next\",\"type\":{\"type\":\"array\",\"items\":\"R\"}}", "ecursi"
        });
  }

  @Test
  void whatWasNeverARowFileIsNamed() throws IOException {
    Path file = folder.resolve("text");
    Files.writeString(file, "neither Parquet nor ORC, but text that is longer than any magic");

    assertThatThrownBy(() -> reader().inspect(hadoop(file))).isInstanceOf(IOException.class);
  }

  private Path write(Schema schema, List<GenericRecord> records, Configuration configuration)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NewFile target = new Target(bytes, configuration);
    Codec codec = format.format().codecs().get(0);
    try (RowEncoder rows =
        rows()
            .create(
                target,
                new WriteOptions(codec, NewlinePolicy.FAIL, WriteOptions.AS_THE_FORMAT_DOES),
                schema,
                Map.of("who", "a test"))) {
      for (GenericRecord record : records) {
        rows.write(record);
      }
    }
    return Files.write(folder.resolve("rows"), bytes.toByteArray());
  }

  private static GenericRecord order(long n) {
    boolean some = n % 3 != 0;
    Schema address = ORDER.getField("address").schema().getTypes().get(1);
    Schema line = address.getField("lines").schema().getElementType();
    Schema hash = ORDER.getField("hash").schema();
    List<GenericRecord> lines = new ArrayList<>();
    for (int i = 0; i < n % 4; i++) {
      lines.add(new GenericRecordBuilder(line).set("n", i).build());
    }
    Object[] either = {
      null, new Utf8(Long.toString(n)), n, new GenericData.Fixed(hash, new byte[] {3, 2, (byte) n})
    };
    return new GenericRecordBuilder(ORDER)
        .set("id", n)
        .set("paid", n % 2 == 0)
        .set("count", some ? (int) n : null)
        .set("weight", n / 3f)
        .set("size", -n / 7d)
        .set("who", some ? new Utf8("Grüße " + n) : null)
        .set(
            "kind",
            new GenericData.EnumSymbol(ORDER.getField("kind").schema(), n % 5 == 0 ? "NEW" : "OLD"))
        .set("hash", new GenericData.Fixed(hash, new byte[] {1, 2, (byte) n}))
        .set("raw", some ? ByteBuffer.wrap(new byte[(int) n % 7]) : null)
        .set("price", ByteBuffer.wrap(java.math.BigInteger.valueOf(-n * 31).toByteArray()))
        .set("day", (int) (n - 100))
        .set("at", n * 1_000_001 - 77_000_000)
        .set("tags", some ? Arrays.asList(new Utf8("x" + n), null) : List.of())
        .set("more", some ? new java.util.TreeMap<>(Map.of(new Utf8("m"), n)) : Map.of())
        .set(
            "address",
            some
                ? new GenericRecordBuilder(address)
                    .set("street", new Utf8("street " + n))
                    .set("lines", lines)
                    .build()
                : null)
        .set("either", either[(int) (n % either.length)])
        .build();
  }

  private List<Sample> samples(Path file) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (RecordDecoder records = reader().open(hadoop(file), 0, Files.size(file))) {
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

  protected static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }
}
