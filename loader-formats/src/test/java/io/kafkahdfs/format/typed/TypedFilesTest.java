package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Target;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes columns comes back, in each format that has them. */
class TypedFilesTest extends TypedFixture {
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(records.stream().map(TypedFixture::describe).toList());
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
        .containsExactlyElementsOf(writable.stream().map(TypedFixture::describe).toList());
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
