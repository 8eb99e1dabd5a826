package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.registry.WireFormat;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowRecordEncoder;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.avro.Change;
import io.kafkahdfs.testkit.avro.Kind;
import io.kafkahdfs.testkit.avro.RandomData;
import io.kafkahdfs.testkit.avro.RandomSchemas;
import io.kafkahdfs.testkit.avro.SchemaEvolution;
import io.kafkahdfs.testkit.avro.WireValues;
import io.kafkahdfs.testkit.malformed.Cases;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypedRowsTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 3);

  private static final Schema V1 = order("{'name':'id','type':'int'}");

  private static final Schema V2 =
      order(
          "{'name':'id','type':'long'},"
              + "{'name':'note','type':['null','string'],'default':null}");

  @TempDir private java.nio.file.Path folder;

  private final KnownSchemas registry = new KnownSchemas();
  private final int one = registry.register("orders-value", V1);
  private final int two = registry.register("orders-value", V2);

  private long offset;

  /** What no file of a format can have. */
  private final Set<Long> refused = new HashSet<>();

  static Stream<FileFormat> formatsWithColumns() {
    return Arrays.stream(FileFormat.values()).filter(format -> format.format().rows().isPresent());
  }

  private static Schema order(String fields) {
    return parse("{'type':'record','name':'Order','namespace':'shop','fields':[" + fields + "]}");
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private TypedRows rows(ValueKind keys) {
    return new TypedRows(
        options(keys, Optional.empty(), ValueKind.AVRO), schema -> Optional.empty());
  }

  private ValueOptions options(ValueKind keys, Optional<Schema> schema, ValueKind values) {
    return new ValueOptions(
        values, schema, keys, Optional.empty(), Optional.of(registry), UnknownFields.FAIL, true);
  }

  private KafkaRecord record(byte[] key, byte[] value) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(PARTITION, offset);
    record.setTimestamp(1_700_000_000_000L + offset, TimestampType.CREATE_TIME);
    record.setHeaders(
        offset % 2 == 0
            ? List.of()
            : List.of(new RecordHeader("h", new byte[] {1, -1}), new RecordHeader("h", null)));
    record.key().set(key);
    record.value().set(value);
    offset++;
    return record;
  }

  private KafkaRecord record(byte[] value) {
    return record(new byte[] {'k', -1}, value);
  }

  private byte[] first(int id) {
    return WireValues.registered(one, V1, new GenericRecordBuilder(V1).set("id", id).build());
  }

  private byte[] second(long id, String note) {
    return WireValues.registered(
        two, V2, new GenericRecordBuilder(V2).set("id", id).set("note", note).build());
  }

  /** Writes each record to the file of its columns, as a task does. */
  private List<File> write(TypedRows rows, FileFormat format, List<KafkaRecord> records)
      throws IOException {
    Map<RowSchema, RecordEncoder> encoders = new LinkedHashMap<>();
    List<File> files = new ArrayList<>();
    for (KafkaRecord record : records) {
      RowSchema columns = rows.decode(record);
      RecordEncoder encoder = encoders.get(columns);
      if (encoder == null) {
        File file = folder.resolve(files.size() + "." + format).toFile();
        files.add(file);
        encoder =
            new RowRecordEncoder(
                format
                    .format()
                    .rows()
                    .orElseThrow()
                    .create(
                        Target.of(new FileOutputStream(file)),
                        EncodeSettings.of(format).options(),
                        columns.file(),
                        columns.metadata()),
                written -> rows.row());
        encoders.put(columns, encoder);
      }
      try {
        encoder.write(record);
      } catch (UnwritableRecordException e) {
        refused.add(record.offset());
      }
    }
    for (RecordEncoder encoder : encoders.values()) {
      encoder.close();
    }
    return files;
  }

  private static List<String> read(FileFormat format, File file, Optional<SchemaRegistry> registry)
      throws IOException {
    List<String> read = new ArrayList<>();
    ReadOptions options =
        new ReadOptions(
            AvroValues.BINARY, Optional.empty(), EscapedLines.KEEP, false, false, registry);
    try (RecordDecoder decoder =
        format
            .reader(options, new Configuration())
            .open(new Path(file.toURI()), 0, file.length())) {
      KafkaRecord record = new KafkaRecord();
      while (decoder.next(record)) {
        read.add(describe(record));
      }
    }
    return read;
  }

  private static String describe(KafkaRecord record) {
    StringBuilder headers = new StringBuilder();
    record
        .headers()
        .forEach(header -> headers.append(header.key()).append(Arrays.toString(header.value())));
    return record
        + " "
        + record.timestamp()
        + record.timestampType()
        + " "
        + Arrays.toString(record.key().toByteArray())
        + " "
        + Arrays.toString(record.value().toByteArray())
        + " "
        + headers;
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void versionsThatAlternateMakeNoMoreFilesThanThereAreSchemas(FileFormat format)
      throws IOException {
    List<KafkaRecord> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(record(first(i)));
      records.add(record(second(i, "n" + i)));
    }

    List<File> files = write(rows(ValueKind.BYTES), format, records);

    assertThat(files).hasSize(2);
    List<String> all = new ArrayList<>();
    for (File file : files) {
      all.addAll(read(format, file, Optional.of(registry)));
    }
    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
    assertThat(registry.of("orders-value")).containsExactly(one, two);
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void recordsWithoutValueOrKeyComeBackAsTheyWere(FileFormat format) throws IOException {
    List<KafkaRecord> records =
        List.of(record(null), record(first(1)), record(null), record(null, first(2)));

    List<String> all = new ArrayList<>();
    for (File file : write(rows(ValueKind.BYTES), format, records)) {
      all.addAll(read(format, file, Optional.of(registry)));
    }

    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void keysCanBeTypedToo(FileFormat format) throws IOException {
    Schema text = Schema.create(Schema.Type.STRING);
    int id = registry.register("orders-key", text);
    List<KafkaRecord> records =
        List.of(
            record(WireValues.registered(id, text, "a"), first(1)),
            record(null, first(2)),
            record(WireValues.registered(id, text, "b"), null));

    List<String> all = new ArrayList<>();
    for (File file : write(rows(ValueKind.AVRO), format, records)) {
      all.addAll(read(format, file, Optional.of(registry)));
    }

    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void valuesWithoutFieldsStandInAColumnOfTheirOwn(FileFormat format) throws IOException {
    Schema number = Schema.create(Schema.Type.INT);
    Schema larger = Schema.create(Schema.Type.LONG);
    int small = registry.register("n", number);
    int large = registry.register("n", larger);
    List<KafkaRecord> records =
        List.of(
            record(WireValues.registered(small, number, 5)),
            record(WireValues.registered(large, larger, 1L << 40)),
            record(null));

    List<String> all = new ArrayList<>();
    for (File file : write(rows(ValueKind.BYTES), format, records)) {
      all.addAll(read(format, file, Optional.of(registry)));
    }

    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
  }

  /** Also if the columns were made nullable meanwhile. */
  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void bareAvroOfAKnownSchemaComesBackAsItWas(FileFormat format) throws IOException {
    List<KafkaRecord> records =
        List.of(
            record(
                WireValues.bare(
                    V2, new GenericRecordBuilder(V2).set("id", 1L).set("note", "x").build())),
            record(null),
            record(WireValues.bare(V2, new GenericRecordBuilder(V2).set("id", 2L).build())));
    TypedRows rows =
        new TypedRows(
            options(ValueKind.BYTES, Optional.of(V2), ValueKind.AVRO), schema -> Optional.empty());

    List<String> all = new ArrayList<>();
    for (File file : write(rows, format, records)) {
      all.addAll(read(format, file, Optional.empty()));
    }

    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void whatARegistryDoesNotKnowIsRegistered(FileFormat format) throws IOException {
    List<File> files = write(rows(ValueKind.BYTES), format, List.of(record(second(1, "n"))));
    KnownSchemas other = new KnownSchemas();
    other.register("another", Schema.create(Schema.Type.STRING));
    other.register("another", order("{'name':'id','type':'string'}"));

    List<String> read = read(format, files.get(0), Optional.of(other));

    assertThat(other.of("orders-value")).containsExactly(3);
    assertThat(other.byId(3)).isEqualTo(V2);
    offset = 0;
    KafkaRecord expected =
        record(
            WireValues.registered(
                3, V2, new GenericRecordBuilder(V2).set("id", 1L).set("note", "n").build()));
    assertThat(read).containsExactly(describe(expected));
  }

  /** Avro would hold the count of the items against the size of the wider ones. */
  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void itemsOfAnArrayMayWiden(FileFormat format) throws IOException {
    Schema narrow = lines("{'name':'n','type':'int'}");
    Schema wide =
        lines(
            "{'name':'n','type':'double'},"
                + "{'name':'s','type':['null','string'],'default':null}");
    int first = registry.register("lines", narrow);
    int second = registry.register("lines", wide);
    List<KafkaRecord> records =
        List.of(
            record(WireValues.registered(first, narrow, lines(narrow, 1, 2, 3))),
            record(WireValues.registered(second, wide, lines(wide, 0.5))),
            record(WireValues.registered(first, narrow, lines(narrow, 4, 5, 6, 7))),
            record(WireValues.registered(first, narrow, lines(narrow))));

    List<String> all = new ArrayList<>();
    for (File file : write(rows(ValueKind.BYTES), format, records)) {
      all.addAll(read(format, file, Optional.of(registry)));
    }

    assertThat(all)
        .containsExactlyElementsOf(records.stream().map(TypedRowsTest::describe).toList());
  }

  private static Schema lines(String fields) {
    return order(
        "{'name':'lines','type':{'type':'array','items':"
            + "{'type':'record','name':'Line','fields':["
            + fields
            + "]}}}");
  }

  private static Object lines(Schema schema, Object... numbers) {
    Schema line = schema.getField("lines").schema().getElementType();
    List<Object> lines = new ArrayList<>();
    for (Object number : numbers) {
      lines.add(new GenericRecordBuilder(line).set("n", number).build());
    }
    return new GenericRecordBuilder(schema).set("lines", lines).build();
  }

  /** Versions of random schemas and their data, one after the other and back. */
  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void whateverCanBeReadComesBack(FileFormat format) {
    Cases.runAllocating(
        60,
        random -> {
          RandomSchemas schemas = new RandomSchemas(random, EnumSet.allOf(Kind.class));
          Schema narrow = schemas.record();
          Schema wide = SchemaEvolution.of(narrow, random, EnumSet.allOf(Change.class)).schema();
          int before = registry.register("random", narrow);
          int after = registry.register("random", wide);
          TypedRows rows =
              new TypedRows(
                  options(ValueKind.BYTES, Optional.empty(), ValueKind.AVRO),
                  format.format().rows().orElseThrow()::refusal);
          RandomData data = new RandomData(random);
          Map<Long, Object> sent = new TreeMap<>();
          List<KafkaRecord> records = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            Schema schema = i % 2 == 0 ? narrow : wide;
            Object datum = data.record(schema);
            KafkaRecord record =
                record(WireValues.registered(i % 2 == 0 ? before : after, schema, datum));
            if (isWritable(rows, record)) {
              records.add(record);
              sent.put(record.offset(), datum);
            }
          }
          List<Object> back = new ArrayList<>();
          for (File file : write(rows, format, records)) {
            back.addAll(values(format, file));
          }
          sent.keySet().removeAll(refused);
          assertThat(back.toString()).isEqualTo(List.copyOf(sent.values()).toString());
        });
  }

  /** Some schemas no file of a format can have. */
  private static boolean isWritable(TypedRows rows, KafkaRecord record) throws IOException {
    try {
      rows.decode(record);
      return true;
    } catch (UnwritableRecordException e) {
      assertThat(e.reason())
          .containsAnyOf("that files of this format cannot have", "that no file can have");
      return false;
    }
  }

  private List<Object> values(FileFormat format, File file) throws IOException {
    List<Object> values = new ArrayList<>();
    try (RecordDecoder decoder =
        format
            .reader(ReadOptions.ofLoaded().with(Optional.of(registry)), new Configuration())
            .open(new Path(file.toURI()), 0, file.length())) {
      KafkaRecord record = new KafkaRecord();
      while (decoder.next(record)) {
        byte[] bytes = record.value().toByteArray();
        Schema schema = registry.byId(WireFormat.id(bytes, 0));
        values.add(
            new GenericDatumReader<>(schema, schema, AvroContent.PLAIN)
                .read(
                    null,
                    DecoderFactory.get()
                        .binaryDecoder(
                            bytes,
                            WireFormat.HEAD_BYTES,
                            bytes.length - WireFormat.HEAD_BYTES,
                            null)));
      }
    }
    return values;
  }

  /** As old registries have them: a file that is written can be read. */
  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void namesThatAvroForbidsComeBackOrAreRefused(FileFormat format) throws IOException {
    Schema.Parser lenient = new Schema.Parser(NameValidator.NO_VALIDATION);
    Schema field =
        lenient.parse(V1.toString().replace("\"id\"", "\"i-d\"").replace("\"Order\"", "\"Line\""));
    int one = registry.register("names", field);
    Schema record =
        new Schema.Parser(NameValidator.NO_VALIDATION)
            .parse(V1.toString().replace("\"Order\"", "\"Or-der\""));
    int two = registry.register("names", record);
    List<KafkaRecord> records =
        List.of(
            record(WireValues.registered(one, field, filled(field))),
            record(WireValues.registered(two, record, filled(record))));
    TypedRows rows =
        new TypedRows(
            options(ValueKind.BYTES, Optional.empty(), ValueKind.AVRO),
            format.format().rows().orElseThrow()::refusal);
    List<KafkaRecord> writable = new ArrayList<>();
    for (KafkaRecord each : records) {
      if (isWritable(rows, each)) {
        writable.add(each);
      }
    }

    List<String> all = new ArrayList<>();
    for (File file : write(rows, format, writable)) {
      all.addAll(read(format, file, Optional.of(registry)));
    }

    assertThat(all)
        .containsExactlyElementsOf(writable.stream().map(TypedRowsTest::describe).toList());
  }

  private static GenericData.Record filled(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    record.put(0, 5);
    return record;
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void aColumnThatOnlyHasTheNameOfOursIsNamed(FileFormat format) throws IOException {
    Schema schema =
        parse(
            "{'type':'record','name':'R','fields':[{'name':'_kafka','type':{'type':'record',"
                + "'name':'Origin','namespace':'io.kafkahdfs.origin',"
                + "'fields':[{'name':'topic','type':'string'}]}}]}");
    File file = folder.resolve("foreign").toFile();
    format
        .format()
        .rows()
        .orElseThrow()
        .create(
            Target.of(new FileOutputStream(file)),
            EncodeSettings.of(format).options(),
            schema,
            Map.of())
        .close();

    assertThatThrownBy(() -> read(format, file, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its column _kafka has no field partition");
  }

  @Test
  void whatOrcCannotHaveIsRefusedAndTheFileStaysSound() throws IOException {
    Schema schema =
        order(
            "{'name':'lines','type':{'type':'array','items':{'type':'record','name':'Line',"
                + "'fields':[{'name':'d','type':['null',{'type':'bytes','logicalType':'decimal',"
                + "'precision':4,'scale':2}]},{'name':'t','type':['null',"
                + "{'type':'long','logicalType':'timestamp-millis'}]}]}}}");
    int id = registry.register("lines", schema);
    Schema line = schema.getField("lines").schema().getElementType();
    List<KafkaRecord> records = new ArrayList<>();
    Object[][] rows = {{5, 7L}, {99_999, 7L}, {null, null}, {5, -500L}, {6, 8L}};
    for (Object[] row : rows) {
      GenericRecordBuilder first = new GenericRecordBuilder(line).set("d", null).set("t", 3L);
      GenericRecordBuilder second =
          new GenericRecordBuilder(line)
              .set("d", row[0] == null ? null : ByteBuffer.wrap(digits((Integer) row[0])))
              .set("t", row[1]);
      records.add(
          record(
              WireValues.registered(
                  id,
                  schema,
                  new GenericRecordBuilder(schema)
                      .set("lines", List.of(first.build(), second.build()))
                      .build())));
    }

    List<File> files = write(rows(ValueKind.BYTES), FileFormat.ORC, records);

    assertThat(refused).containsExactlyInAnyOrder(1L, 3L);
    assertThat(read(FileFormat.ORC, files.get(0), Optional.of(registry)))
        .containsExactly(
            describe(records.get(0)), describe(records.get(2)), describe(records.get(4)));
  }

  private static byte[] digits(int unscaled) {
    return BigInteger.valueOf(unscaled).toByteArray();
  }

  @Test
  void theSameColumnsAreTheSameObject() throws IOException {
    TypedRows rows = rows(ValueKind.BYTES);
    RowSchema wide = rows.decode(record(second(1, "n")));

    assertThat(rows.decode(record(second(2, null)))).isSameAs(wide);
    assertThat(rows.decode(record(first(3)))).isSameAs(wide);
  }

  @Test
  void aTypeThatChangedIsRefusedWithBothIdsAndSpoilsNothing() throws IOException {
    Schema changed = order("{'name':'id','type':'string'}");
    int three = registry.register("orders-value", changed);
    TypedRows rows = rows(ValueKind.BYTES);
    RowSchema before = rows.decode(record(first(1)));
    KafkaRecord bad =
        record(
            WireValues.registered(
                three, changed, new GenericRecordBuilder(changed).set("id", "x").build()));

    assertThatThrownBy(() -> rows.decode(bad))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("orders-3@1")
        .hasMessageContaining("(id " + three + ")")
        .hasMessageContaining("(ids [" + one + "])")
        .hasMessageContaining("field id");
    assertThat(rows.decode(record(first(2)))).isSameAs(before);
  }

  @Test
  void valuesOfAnotherNameHaveColumnsOfTheirOwn() throws IOException {
    Schema other =
        parse("{'type':'record','name':'Other','fields':[{'name':'id','type':'string'}]}");
    int id = registry.register("orders-value", other);
    TypedRows rows = rows(ValueKind.BYTES);
    RowSchema before = rows.decode(record(first(1)));
    RowSchema beside =
        rows.decode(
            record(
                WireValues.registered(
                    id, other, new GenericRecordBuilder(other).set("id", "x").build())));

    assertThat(beside.isOfAnotherFamily(before)).isTrue();
    assertThat(rows.decode(record(first(2)))).isSameAs(before);
  }

  @ParameterizedTest
  @CsvSource({
    "'', shorter than the 5 bytes",
    "00000000, shorter than the 5 bytes",
    "0100000001, begins with the byte 1",
    "0000000063, there is no schema 99",
    "0000000001, does not fit its schema (id 1)",
    "000000000180, does not fit its schema (id 1)",
    "00000000010203, longer than its schema (id 1) says",
    "000000000202020a, does not fit its schema (id 2)",
    "0000000002020 4, does not fit its schema (id 2)",
    "000000000202feffffff0f, does not fit its schema (id 2)",
    "00000000020202feffffff0f61, does not fit its schema (id 2)"
  })
  void bytesThatMakeNoSenseAreBad(String hex, String why) {
    byte[] value = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(() -> rows(ValueKind.BYTES).decode(record(value)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("its value")
        .hasMessageContaining(why);
  }

  @Test
  void aFieldOfOursInAValueIsBad() {
    Schema schema = order("{'name':'_kafka','type':'int'}");
    int id = registry.register("orders-value", schema);
    byte[] value =
        WireValues.registered(
            id, schema, new GenericRecordBuilder(schema).set("_kafka", 1).build());

    assertThatThrownBy(() -> rows(ValueKind.BYTES).decode(record(value)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("_kafka of its own");
  }

  @Test
  void withoutWhereItCameFromARecordWithoutValueIsBad() throws IOException {
    ValueOptions options =
        new ValueOptions(
            ValueKind.AVRO,
            Optional.empty(),
            ValueKind.BYTES,
            Optional.empty(),
            Optional.of(registry),
            UnknownFields.FAIL,
            false);
    TypedRows rows = new TypedRows(options, schema -> Optional.empty());
    RowSchema before = rows.decode(record(first(1)));

    assertThat(before.file()).isEqualTo(V1);
    assertThatThrownBy(() -> rows.decode(record(null)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("its value is null");
    assertThat(rows.decode(record(first(2)))).isSameAs(before);
  }

  @Test
  void aSchemaThatFilesCannotHaveSpoilsNothing() throws IOException {
    TypedRows rows =
        new TypedRows(
            options(ValueKind.BYTES, Optional.empty(), ValueKind.AVRO),
            schema ->
                schema.getField("note") == null
                    ? Optional.empty()
                    : Optional.of("field note is no good"));
    RowSchema before = rows.decode(record(first(1)));

    assertThatThrownBy(() -> rows.decode(record(second(1, "n"))))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("field note is no good");
    assertThat(rows.decode(record(first(2)))).isSameAs(before);
  }

  @ParameterizedTest
  @MethodSource("formatsWithColumns")
  void jsonBecomesColumns(FileFormat format) throws IOException {
    TypedRows rows =
        new TypedRows(
            options(ValueKind.BYTES, Optional.of(V2), ValueKind.JSON), schema -> Optional.empty());
    KafkaRecord record = record("{\"note\":\"x\",\"id\":7}".getBytes(StandardCharsets.UTF_8));
    List<File> files = write(rows, format, List.of(record));

    GenericData.Record expected =
        new GenericRecordBuilder(V2).set("id", 7L).set("note", "x").build();
    record.value().set(WireValues.bare(V2, expected));
    assertThat(read(format, files.get(0), Optional.empty())).containsExactly(describe(record));
  }
}
