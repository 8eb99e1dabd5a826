package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fields of values say of folders, as text and as time. */
class ValueFieldTest {
  private static final ZoneId ATHENS = ZoneId.of("Europe/Athens");
  private static final KafkaRecord RECORD = new KafkaRecord();

  static {
    RECORD.setPosition(new PartitionId("visits", 2), 17);
    RECORD.value().set(new byte[] {1});
  }

  private static Schema record(String type) {
    String json = "{'type':'record','name':'Visit','fields':[{'name':'f','type':" + type + "}]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static IndexedRecord row(Schema schema, Object value) {
    GenericData.Record row = new GenericData.Record(schema);
    row.put("f", value);
    return row;
  }

  /** As Avro reads it of the text. */
  private static Object value(String text, Schema type) {
    return switch (type.getType()) {
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case BYTES -> ByteBuffer.wrap(new BigDecimal(text).unscaledValue().toByteArray());
      case FIXED ->
          new GenericData.Fixed(type, BigInteger.valueOf(Long.parseLong(text)).toByteArray());
      case ENUM -> new GenericData.EnumSymbol(type, text);
      default -> new Utf8(text);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'string'; Rhodes; Rhodes
          'int'; -7; -7
          'boolean'; true; true
          'double'; 1.5; 1.5
          {'type':'enum','name':'E','symbols':['A','B']}; B; B
          {'type':'int','logicalType':'date'}; 20783; 2026-11-26
          {'type':'int','logicalType':'time-millis'}; 3600000; 01:00
          {'type':'long','logicalType':'timestamp-millis'}; 1790000000123; 2026-09-21T14:13:20.123Z
          {'type':'long','logicalType':'timestamp-micros'}; -1; 1969-12-31T23:59:59.999999Z
          {'type':'long','logicalType':'timestamp-nanos'}; 1790000000123456789; 2026-09-21T14:13:20.123456789Z
          {'type':'long','logicalType':'local-timestamp-millis'}; 1790000000000; 2026-09-21T14:13:20
          {'type':'bytes','logicalType':'decimal','precision':9,'scale':2}; 12.50; 12.50
          {'type':'fixed','name':'F','size':1,'logicalType':'decimal','precision':2,'scale':0}; 42; 42
          {'type':'long','logicalType':'timestamp-millis'}; 9223372036854775807; +292278994-08-17T07:12:55.807Z
          """)
  void textsNameFolders(String type, String value, String expected) throws Exception {
    Schema schema = record(type);
    FieldText text = new FieldText(new ValueField("f"));

    assertThat(text.refusal(schema)).isEmpty();
    assertThat(text.of(RECORD, row(schema, value(value, schema.getField("f").schema()))))
        .isEqualTo(expected);
    Schema optional = record("['null'," + type + "]");
    assertThat(text.of(RECORD, row(optional, null))).isNull();
    assertThat(
            text.of(
                RECORD,
                row(optional, value(value, optional.getField("f").schema().getTypes().get(1)))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'long','logicalType':'timestamp-millis'}; 1790000000123; ; 2026-09-21T14:13:20.123Z
          {'type':'long','logicalType':'timestamp-micros'}; -1; ; 1969-12-31T23:59:59.999Z
          {'type':'long','logicalType':'timestamp-nanos'}; 1790000000123456789; ; 2026-09-21T14:13:20.123Z
          {'type':'long','logicalType':'local-timestamp-millis'}; 1790000000000; ; 2026-09-21T11:13:20Z
          {'type':'int','logicalType':'date'}; 20783; ; 2026-11-25T22:00:00Z
          {'type':'long','logicalType':'timestamp-millis'}; 1000; epoch-seconds; 1970-01-01T00:00:01Z
          'long'; 1790000000; epoch-seconds; 2026-09-21T14:13:20Z
          'long'; 1790000000123; epoch-millis; 2026-09-21T14:13:20.123Z
          'long'; -1; epoch-micros; 1969-12-31T23:59:59.999Z
          'int'; -1; epoch-seconds; 1969-12-31T23:59:59Z
          'string'; 1790000000123; epoch-millis; 2026-09-21T14:13:20.123Z
          'string'; 2026-11-26T10:00:00Z; ; 2026-11-26T10:00:00Z
          'string'; 2026-11-26T10:00:00.5+01:00; iso; 2026-11-26T09:00:00.5Z
          'string'; 2026-11-26T10:00:00; iso; 2026-11-26T08:00:00Z
          'string'; 2026-11-26; iso; 2026-11-25T22:00:00Z
          'string'; 26/11/2026 10:15; dd/MM/yyyy HH:mm; 2026-11-26T08:15:00Z
          'string'; 20261126; yyyyMMdd; 2026-11-25T22:00:00Z
          'string'; 2026-11-26 10:15 -0500; yyyy-MM-dd HH:mm Z; 2026-11-26T15:15:00Z
          """)
  void timesAreThoseOfTheTypeOrTheFormat(String type, String value, String format, String expected)
      throws Exception {
    Schema schema = record(type);
    FieldTime time = new FieldTime(new ValueField("f"), Optional.ofNullable(format), ATHENS);

    assertThat(time.refusal(schema)).isEmpty();
    long ms = time.of(RECORD, row(schema, value(value, schema.getField("f").schema())));
    assertThat(Instant.ofEpochMilli(ms)).isEqualTo(expected);
    assertThat(time.of(RECORD, row(record("['null'," + type + "]"), null)))
        .isEqualTo(FieldTime.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'string'; yesterday; ; yesterday
          'string'; 2026-13-01; iso; 2026-13-01
          'string'; 10:15; HH:mm; 10:15
          'string'; x1; epoch-millis; x1
          'long'; 9223372036854775807; epoch-seconds; 9223372036854775807
          'long'; 5; ; what it counts
          'double'; 5; epoch-millis; is double and no time
          'boolean'; true; ; no time
          {'type':'int','logicalType':'time-millis'}; 5; ; what it counts
          """)
  void whatIsNoTimeMakesTheRecordBad(String type, String value, String format, String message) {
    Schema schema = record(type);
    FieldTime time = new FieldTime(new ValueField("f"), Optional.ofNullable(format), ATHENS);

    assertThatThrownBy(
            () -> time.of(RECORD, row(schema, value(value, schema.getField("f").schema()))))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContainingAll("visits-2@17", "field f", message);
  }

  @Test
  void whatIsLongNamesNoFolder() {
    for (String type :
        List.of("'bytes'", "{'type':'array','items':'int'}", "{'type':'map','values':'int'}")) {
      FieldText text = new FieldText(new ValueField("f"));
      Schema schema = record(type);
      Object value =
          schema.getField("f").schema().getType() == Schema.Type.BYTES
              ? ByteBuffer.allocate(1)
              : schema.getField("f").schema().getType() == Schema.Type.MAP ? Map.of() : List.of();

      assertThat(text.refusal(schema)).hasValueSatisfying(why -> assertThat(why).contains("f is"));
      assertThatThrownBy(() -> text.of(RECORD, row(schema, value)))
          .isInstanceOf(UnwritableRecordException.class)
          .hasMessageContainingAll("visits-2@17", "field f", "names no folder");
    }
  }

  @Test
  void aFieldIsFoundWhereverASchemaHasIt() throws Exception {
    FieldText text = new FieldText(new ValueField("a.b"));
    Schema one = nested("{'name':'b','type':'string'}");
    Schema other = nested("{'name':'c','type':'string'},{'name':'b','type':['null','long']}");
    Schema none = nested("{'name':'c','type':'string'}");

    for (int i = 0; i < 2; i++) {
      assertThat(text.of(RECORD, fill(one, "b", new Utf8("x")))).isEqualTo("x");
      assertThat(text.of(RECORD, fill(other, "b", 5L))).isEqualTo("5");
      assertThat(text.of(RECORD, new GenericData.Record(one))).isNull();
      assertThatThrownBy(() -> text.of(RECORD, fill(none, "c", "x")))
          .isInstanceOf(UnwritableRecordException.class)
          .hasMessageContaining("without a field a.b");
    }
    assertThat(text.refusal(one)).isEmpty();
    assertThat(text.refusal(none)).hasValueSatisfying(why -> assertThat(why).contains("a.b"));
  }

  @Test
  void aRecordWithoutAValueHasNoField() throws Exception {
    KafkaRecord tombstone = new KafkaRecord();
    IndexedRecord another = fill(nested("{'name':'c','type':'string'}"), "c", "x");

    assertThat(new FieldText(new ValueField("a.b")).of(tombstone, another)).isNull();
    assertThat(
            new FieldTime(new ValueField("a.b"), Optional.empty(), ATHENS).of(tombstone, another))
        .isEqualTo(FieldTime.NONE);
  }

  @Test
  void unionsAreWhatEachValueIs() throws Exception {
    Schema schema = record("['null','string','long',{'type':'array','items':'int'}]");
    FieldText text = new FieldText(new ValueField("f"));

    assertThat(text.refusal(schema)).isEmpty();
    assertThat(text.of(RECORD, row(schema, new Utf8("x")))).isEqualTo("x");
    assertThat(text.of(RECORD, row(schema, 5L))).isEqualTo("5");
    assertThatThrownBy(() -> text.of(RECORD, row(schema, List.of(1))))
        .hasMessageContaining("is array");
  }

  private static Schema nested(String fields) {
    String json =
        "{'type':'record','name':'R','fields':[{'name':'z','type':['null','int'],'default':null},{'name':'a','type':['null',"
            + "{'type':'record','name':'A','fields':["
            + fields
            + "]}]}]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static IndexedRecord fill(Schema schema, String field, Object value) {
    GenericData.Record inner =
        new GenericData.Record(schema.getField("a").schema().getTypes().get(1));
    inner.put(field, value);
    GenericData.Record row = new GenericData.Record(schema);
    row.put("a", inner);
    return row;
  }
}
