package io.kafkahdfs.format.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Stretches;
import io.kafkahdfs.format.Stretches.Pair;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.testkit.malformed.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each record of an Avro file is in one stretch of it, wherever it is cut. */
class AvroStretchesTest {
  private static final Schema PLAIN =
      SchemaBuilder.record("Plain").fields().requiredBytes("b").endRecord();
  private static final byte[] MARK = "sixteen letters!".getBytes(StandardCharsets.US_ASCII);

  private static final FormatReader CHECKED = decoders(true);
  private static final FormatReader UNCHECKED = decoders(false);

  private static FormatReader decoders(boolean checkedFirst) {
    return FileFormat.AVRO.reader(
        new ReadOptions(
            AvroValues.BINARY, Optional.empty(), EscapedLines.KEEP, false, checkedFirst),
        new Configuration());
  }

  /**
   * A file.
   *
   * @param blocks the sizes of the values of each block
   * @param marked whether values may have the file's mark in them
   */
  record Kind(String codec, boolean archive, boolean marked, List<List<Integer>> blocks) {}

  private static final List<String> CODECS =
      List.of("null", "deflate", "snappy", "bzip2", "xz", "zstandard");

  private static Kind kind(Random random) {
    List<List<Integer>> blocks = new ArrayList<>();
    for (int i = random.nextInt(13); i > 0; i--) {
      blocks.add(random.ints(random.nextInt(5), 0, 101).boxed().toList());
    }
    return new Kind(
        CODECS.get(random.nextInt(CODECS.size())),
        random.nextBoolean(),
        random.nextBoolean(),
        blocks);
  }

  @Test
  void eachRecordIsReadOnce() {
    Cases.runAllocating(
        300,
        random -> {
          Kind kind = kind(random);
          try (Stretches file = new Stretches(".avro")) {
            List<Pair> written = write(file, kind, random.nextLong());
            assertThat(read(file, file.cuts(random))).as("%s", kind).isEqualTo(written);
            if (!kind.marked()) {
              assertThat(file.read(file.cuts(random), UNCHECKED::open))
                  .as("%s", kind)
                  .isEqualTo(written);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachCutIsRight(boolean marked) throws IOException {
    Kind kind =
        new Kind("null", false, marked, List.of(List.of(9), List.of(50, 3, 0), List.of(70)));
    try (Stretches file = new Stretches(".avro")) {
      List<Pair> written = write(file, kind, 4);
      for (long cut = 0; cut <= file.length(); cut++) {
        assertThat(read(file, List.of(cut))).as("cut at %d", cut).isEqualTo(written);
      }
    }
  }

  @Test
  void aBlockWithoutRecordsIsNotTheEnd() throws IOException {
    Kind kind = new Kind("null", false, false, List.of(List.of(1), List.of(2), List.of(3)));
    try (Stretches file = new Stretches(".avro")) {
      List<Pair> written = write(file, kind, 4);
      byte[] all = file.bytes();
      int second = indexOf(all, MARK, indexOf(all, MARK, 0) + 1);
      ByteArrayOutputStream with = new ByteArrayOutputStream();
      with.write(all, 0, second + MARK.length);
      with.write(new byte[] {0, 0});
      with.write(all, second, all.length - second);
      file.write(with.toByteArray());
      assertThat(read(file, List.of())).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "zstandard"})
  void aFileThatIsCutShortIsNeverTakenForWhole(String codec) throws IOException {
    Kind kind = new Kind(codec, false, false, List.of(List.of(1, 2), List.of(40, 2)));
    try (Stretches file = new Stretches(".avro")) {
      List<Pair> written = write(file, kind, 4);
      byte[] all = file.bytes();
      int first = indexOf(all, MARK, 0) + MARK.length;
      int second = indexOf(all, MARK, first) + MARK.length;
      for (int length = 0; length < all.length; length++) {
        file.write(Arrays.copyOf(all, length));
        if (length == first || length == second) {
          assertThat(read(file, List.of())).isEqualTo(written.subList(0, length == first ? 0 : 2));
        } else {
          org.assertj.core.api.Assertions.assertThatThrownBy(
                  () -> read(file, List.of()), "%d", length)
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  /** As docs/inputs.md has it. */
  @Test
  void jsonNamesBranchesOfUnionsAndKeepsBytesOfDecimals() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Sale", "fields": [
                  {"name": "who", "type": ["null", "string"]},
                  {"name": "none", "type": ["null", "string"]},
                  {"name": "price", "type":
                    {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}
                """);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, out);
      writer.append(
          new GenericRecordBuilder(schema)
              .set("who", "x")
              .set("none", null)
              .set("price", ByteBuffer.wrap(new BigDecimal("12.34").unscaledValue().toByteArray()))
              .build());
    }
    FormatReader json =
        FileFormat.AVRO.reader(
            new ReadOptions(AvroValues.JSON, Optional.empty(), EscapedLines.KEEP, false, true),
            new Configuration());
    try (Stretches file = new Stretches(".avro")) {
      file.write(out.toByteArray());
      Pair record = file.read(List.of(), json::open).get(0);
      assertThat(new String(record.value().array(), StandardCharsets.UTF_8))
          .isEqualTo("{\"who\":{\"string\":\"x\"},\"none\":null,\"price\":\"\\u0004Ò\"}");
    }
  }

  private static List<Pair> read(Stretches file, Collection<Long> cuts) throws IOException {
    return file.read(cuts, CHECKED::open);
  }

  private static List<Pair> write(Stretches file, Kind kind, long seed) throws IOException {
    Random random = new Random(seed);
    Schema schema = kind.archive() ? ArchiveSchema.schema() : PLAIN;
    List<Pair> written = new ArrayList<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(kind.codec()));
      writer.create(schema, out, MARK);
      for (List<Integer> block : kind.blocks()) {
        for (int size : block) {
          byte[] value = value(size, kind.marked(), random);
          writer.append(kind.archive() ? archived(value, written.size()) : plain(value));
          written.add(
              kind.archive()
                  ? Pair.of(new byte[] {(byte) written.size()}, value)
                  : Pair.of(null, encoded(value)));
        }
        writer.sync();
      }
    }
    file.write(out.toByteArray());
    return written;
  }

  private static byte[] value(int size, boolean marked, Random random) {
    byte[] value = new byte[size];
    random.nextBytes(value);
    if (marked && size >= MARK.length) {
      System.arraycopy(MARK, 0, value, random.nextInt(size - MARK.length + 1), MARK.length);
    }
    return value;
  }

  private static GenericRecord plain(byte[] value) {
    return new GenericRecordBuilder(PLAIN).set("b", ByteBuffer.wrap(value)).build();
  }

  private static byte[] encoded(byte[] value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    encoder.writeBytes(value);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static GenericRecord archived(byte[] value, int number) {
    Schema schema = ArchiveSchema.schema();
    return new GenericRecordBuilder(schema)
        .set("topic", "t")
        .set("partition", 0)
        .set("offset", (long) number)
        .set("timestamp", 1L)
        .set(
            "timestampType",
            new GenericData.EnumSymbol(schema.getField("timestampType").schema(), "CREATE_TIME"))
        .set("key", ByteBuffer.wrap(new byte[] {(byte) number}))
        .set("value", ByteBuffer.wrap(value))
        .set("headers", List.of())
        .build();
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    int at = from;
    while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    return at;
  }
}
