package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ByteView;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonContentTest {
  private static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static Schema field(String type) {
    return parse("{'type':'record','name':'R','fields':[{'name':'f','type':" + type + "}]}");
  }

  private static Object read(Schema schema, UnknownFields unknown, String json)
      throws BadContentException {
    ByteView bytes = new ByteView();
    bytes.set(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    JsonContent content = new JsonContent(schema, unknown);
    return content.reading(content.written(bytes), schema).read(bytes, null);
  }

  /** What is read is what Avro's own JSON tells of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'int'; -7; -7
          'long'; 9223372036854775807; 9223372036854775807
          'double'; 3; 3.0
          'float'; 0.5; 0.5
          'boolean'; true; true
          'string'; 'x\\u00e9'; xé
          ['null','string']; null; null
          ['null','int','string']; 'x'; x
          ['int','string']; 4; 4
          {'type':'enum','name':'E','symbols':['A','B']}; 'B'; B
          {'type':'array','items':'int'}; [1,2]; [1, 2]
          {'type':'map','values':'int'}; {'a':1}; {a=1}
          {'type':'int','logicalType':'date'}; '1970-01-11'; 10
          {'type':'int','logicalType':'date'}; 10; 10
          {'type':'int','logicalType':'time-millis'}; '00:00:01.5'; 1500
          {'type':'long','logicalType':'timestamp-millis'}; '1970-01-01T01:00:01.002+01:00'; 1002
          {'type':'long','logicalType':'timestamp-micros'}; '1970-01-01T00:00:00.000002Z'; 2
          {'type':'record','name':'P','fields':[{'name':'x','type':'int'}]}; {'x':1}; {"x": 1}
          """)
  void readsWhatTheSchemaSays(String type, String json, String expected)
      throws BadContentException {
    Object read = read(field(type), UnknownFields.FAIL, "{'f':" + json + "}");

    Object value = ((GenericData.Record) read).get("f");
    assertThat(String.valueOf(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'int'; 2147483648; field f that is 2147483648, not a number from
          'int'; 1.5; not a whole number
          'int'; 'x'; not a whole number
          'long'; 9223372036854775808; at most 64 bits
          'double'; 1e999; not too large
          'string'; 1; not text
          'string'; null; not text
          'boolean'; 1; not true or false
          'null'; 1; not null
          'bytes'; '%'; no base64
          {'type':'fixed','name':'F','size':2}; 'AAAA'; has 3 bytes, not 2
          {'type':'enum','name':'E','symbols':['A']}; 'B'; not one of [A]
          {'type':'array','items':'int'}; {}; not an array
          {'type':'array','items':'int'}; ['x']; field f[] that is x
          {'type':'map','values':'int'}; []; not an object
          {'type':'map','values':'int'}; {'a':1,'a':2}; field f.a twice
          ['int','string']; true; fits none of
          {'type':'int','logicalType':'date'}; 'soon'; not a date of ISO 8601
          {'type':'long','logicalType':'timestamp-millis'}; '1970-01-01T00:00:00.0001Z'; not a time of ISO 8601
          {'type':'long','logicalType':'timestamp-millis'}; '1970-01-01T00:00:00'; not a time of ISO 8601
          {'type':'int','logicalType':'time-millis'}; '00:00:00.0001'; not a time of ISO 8601
          {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}; 1.234; not a number of 4 digits
          {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}; 123; not a number of 4 digits
          {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}; '1e999999999'; not a number of 4 digits
          {'type':'record','name':'P','fields':[{'name':'x','type':'int'}]}; {}; lacks field f.x
          """)
  void namesTheFieldThatIsWrong(String type, String json, String why) {
    assertThatThrownBy(() -> read(field(type), UnknownFields.FAIL, "{'f':" + json + "}"))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; is empty",
        "{; is no JSON",
        "{'f':1} {; something behind",
        "[]; not an object",
        "{'f':1,'f':2}; field f twice",
        "{'f':1,'g':{'h':[]}}; field g that the schema does not know",
        "{}; lacks field f",
      })
  void bytesThatAreNoSuchJsonAreBad(String json, String why) {
    assertThatThrownBy(() -> read(field("'int'"), UnknownFields.FAIL, json == null ? "" : json))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsMissingGetsItsDefaultAndWhatIsUnknownIsLeftOut() throws BadContentException {
    Schema schema =
        parse(
            "{'type':'record','name':'R','fields':["
                + "{'name':'a','type':'string','default':'none'},"
                + "{'name':'b','type':['int','null']},"
                + "{'name':'c','type':{'type':'array','items':'int'},'default':[1]}]}");

    Object read = read(schema, UnknownFields.DROP, "{'more':{'a':[1,{}]},'b':null}");

    assertThat(String.valueOf(read)).isEqualTo("{\"a\": \"none\", \"b\": null, \"c\": [1]}");
  }

  @Test
  void decimalsAreExact() throws BadContentException {
    Schema schema = field("{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}");

    GenericData.Record read =
        (GenericData.Record) read(schema, UnknownFields.FAIL, "{'f':'-12.3'}");

    byte[] unscaled = ((java.nio.ByteBuffer) read.get("f")).array();
    assertThat(new java.math.BigInteger(unscaled).intValue()).isEqualTo(-1230);
  }

  @Test
  void recursionEnds() {
    Schema schema =
        parse(
            "{'type':'record','name':'N','fields':[{'name':'n','type':['null','N'],'default':null}]}");
    String deep = "{'n':".repeat(100_000) + "null" + "}".repeat(100_000);

    assertThatThrownBy(() -> read(schema, UnknownFields.FAIL, deep))
        .isInstanceOf(BadContentException.class);
  }
}
