package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.testkit.avro.WireValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedRowsTest extends TypedFixture {
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

  @Test
  void keysMayBeJson() throws IOException {
    Schema key = parse("{'type':'record','name':'K','fields':[{'name':'k','type':'string'}]}");
    ValueOptions options =
        new ValueOptions(
            ValueKind.AVRO,
            Optional.empty(),
            ValueKind.JSON,
            Optional.of(key),
            Optional.of(registry),
            UnknownFields.FAIL,
            true);
    TypedRows rows = new TypedRows(options, schema -> Optional.empty());
    byte[] json = "{\"k\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    rows.decode(record(json, first(1)));

    IndexedRecord origin = (IndexedRecord) rows.row().get(1);
    assertThat(origin.get(5).toString()).isEqualTo("{\"k\": \"x\"}");
    assertThatThrownBy(() -> rows.decode(record(new byte[] {'{'}, first(2))))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("its key is no JSON");
  }
}
