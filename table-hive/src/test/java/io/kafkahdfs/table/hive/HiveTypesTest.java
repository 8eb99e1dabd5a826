package io.kafkahdfs.table.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.orc.TypeDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiveTypesTest {
  private static String type(String schema) {
    return HiveTypes.of(record("{'name':'f','type':" + schema + "}"))
        .getChildren()
        .get(0)
        .toString();
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'int'|int
          'long'|bigint
          'float'|float
          'double'|double
          'boolean'|boolean
          'string'|string
          'bytes'|binary
          ['null','long']|bigint
          ['int','null']|int
          {'type':'enum','name':'E','symbols':['A']}|string
          {'type':'fixed','name':'F','size':16}|binary
          {'type':'string','logicalType':'uuid'}|string
          {'type':'int','logicalType':'date'}|date
          {'type':'int','logicalType':'time-millis'}|int
          {'type':'long','logicalType':'time-micros'}|bigint
          {'type':'long','logicalType':'timestamp-millis'}|timestamp
          {'type':'long','logicalType':'timestamp-micros'}|timestamp
          {'type':'long','logicalType':'local-timestamp-micros'}|timestamp
          {'type':'bytes','logicalType':'decimal','precision':38,'scale':9}|decimal(38,9)
          {'type':'array','items':['null','int']}|array<int>
          {'type':'map','values':'double'}|map<string,double>
          {'type':'record','name':'S','fields':[{'name':'aB','type':'int'}]}|struct<ab:int>
          """)
  void columnsHaveTheTypesOfHive(String schema, String hive) {
    assertThat(type(schema)).isEqualTo(hive);
    // What the metastore keeps is a text.
    assertThat(TypeDescription.fromString(hive)).hasToString(hive);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ['int','string']|several types
          'null'|always null
          {'type':'bytes','logicalType':'decimal','precision':39,'scale':0}|38 digits
          ['null','R']|holds itself
          """)
  void whatHiveHasNotIsRefused(String schema, String why) {
    assertThatThrownBy(() -> type(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void namesThatDifferInCaseOnlyAreRefused() {
    Schema schema = record("{'name':'orderId','type':'int'},{'name':'orderid','type':'int'}");
    assertThatThrownBy(() -> HiveTypes.of(schema)).hasMessageContaining("orderid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          struct<a:int>|struct<a:int>|struct<a:int>
          struct<a:int>|struct<a:bigint>|struct<a:bigint>
          struct<a:bigint>|struct<a:int>|struct<a:bigint>
          struct<a:float>|struct<a:double>|struct<a:double>
          struct<b:int,a:int>|struct<a:int,c:date>|struct<b:int,a:int,c:date>
          struct<s:struct<a:int>>|struct<s:struct<a:bigint,b:int>>|struct<s:struct<a:bigint,b:int>>
          struct<l:array<int>>|struct<l:array<bigint>>|struct<l:array<bigint>>
          struct<m:map<string,int>>|struct<m:map<string,bigint>>|struct<m:map<string,bigint>>
          """)
  void columnsWiden(String table, String file, String both) {
    assertThat(Widening.of("", TypeDescription.fromString(table), TypeDescription.fromString(file)))
        .hasToString(both);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          struct<a:int>|struct<a:string>|a is int in the table and string in the file
          struct<a:int>|struct<a:double>|a is int in the table and double
          struct<a:decimal(9,2)>|struct<a:decimal(9,3)>|a is decimal(9,2)
          struct<s:struct<a:int>>|struct<s:struct<a:date>>|s.a is int
          struct<s:struct<a:int>>|struct<s:int>|s is struct<a:int>
          """)
  void whatHoldsNotBothIsRefused(String table, String file, String why) {
    assertThatThrownBy(
            () ->
                Widening.of(
                    "", TypeDescription.fromString(table), TypeDescription.fromString(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
