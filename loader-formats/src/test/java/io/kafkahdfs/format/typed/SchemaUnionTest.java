package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaUnionTest {
  private static Schema record(String fields) {
    return parse("{'type':'record','name':'Order','namespace':'shop','fields':[" + fields + "]}");
  }

  private static Schema field(String type) {
    return record("{'name':'f','type':" + type + "}");
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  @Test
  void theSameSchemaStaysTheSameObject() throws IncompatibleSchemasException {
    Schema one = record("{'name':'id','type':'long'}");
    assertThat(SchemaUnion.of(one, record("{'name':'id','type':'long'}"))).isSameAs(one);
  }

  @Test
  void fieldsOfOnlyOneBecomeNullable() throws IncompatibleSchemasException {
    Schema union =
        SchemaUnion.of(
            record("{'name':'id','type':'long'},{'name':'old','type':'int','default':7}"),
            record("{'name':'id','type':'long'},{'name':'late','type':'string'}"));

    assertThat(union)
        .isEqualTo(
            record(
                "{'name':'id','type':'long'},"
                    + "{'name':'old','type':['null','int'],'default':null},"
                    + "{'name':'late','type':['null','string'],'default':null}"));
  }

  @Test
  void onceWideItStaysAsItIs() throws IncompatibleSchemasException {
    Schema one = record("{'name':'id','type':'int'},{'name':'old','type':['string','null']}");
    Schema two = record("{'name':'id','type':'long'},{'name':'late','type':'string'}");
    Schema union = SchemaUnion.of(one, two);

    assertThat(SchemaUnion.of(union, one)).isSameAs(union);
    assertThat(SchemaUnion.of(union, two)).isSameAs(union);
  }

  /** Each way round: what is wider does not depend on what came first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'int'; 'long'; 'long'
          'int'; 'double'; 'double'
          'float'; 'double'; 'double'
          'null'; 'string'; ['null','string']
          ['null','int']; 'long'; ['null','long']
          ['null','int']; ['null','double']; ['null','double']
          'string'; ['null','string']; ['null','string']
          ['null','string','int']; 'string'; ['null','string','int']
          {'type':'array','items':'int'}; {'type':'array','items':['null','long']}; {'type':'array','items':['null','long']}
          {'type':'map','values':'float'}; {'type':'map','values':'double'}; {'type':'map','values':'double'}
          {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}; {'type':'bytes','logicalType':'decimal','precision':9,'scale':2}; {'type':'bytes','logicalType':'decimal','precision':9,'scale':2}
          """)
  void widens(String one, String other, String wide) throws IncompatibleSchemasException {
    assertThat(SchemaUnion.of(field(one), field(other))).isEqualTo(field(wide));
    assertThat(SchemaUnion.of(field(other), field(one))).isEqualTo(field(wide));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'int'; 'string'
          'int'; 'float'
          'long'; 'double'
          'long'; 'float'
          'string'; 'bytes'
          ['null','int']; ['null','string']
          {'type':'array','items':'int'}; 'int'
          {'type':'array','items':'int'}; {'type':'array','items':'string'}
          {'type':'long','logicalType':'timestamp-millis'}; {'type':'long','logicalType':'timestamp-micros'}
          {'type':'long','logicalType':'timestamp-millis'}; 'long'
          {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}; {'type':'bytes','logicalType':'decimal','precision':9,'scale':3}
          {'type':'fixed','name':'F','size':3}; {'type':'fixed','name':'F','size':4}
          {'type':'enum','name':'E','symbols':['A']}; {'type':'enum','name':'D','symbols':['A']}
          """)
  void aTypeThatChangedCannotBeUnited(String one, String other) {
    assertThatThrownBy(() -> SchemaUnion.of(field(one), field(other)))
        .isInstanceOf(IncompatibleSchemasException.class)
        .hasMessageContaining("field f");
    assertThatThrownBy(() -> SchemaUnion.of(field(other), field(one)))
        .isInstanceOf(IncompatibleSchemasException.class)
        .hasMessageContaining("field f");
  }

  @Test
  void theMessageNamesTheFieldWithinOthers() {
    Schema one =
        field(
            "{'type':'array','items':{'type':'record','name':'Line','fields':[{'name':'n','type':'int'}]}}");
    Schema other =
        field(
            "{'type':'array','items':{'type':'record','name':'Line','fields':[{'name':'n','type':'string'}]}}");

    assertThatThrownBy(() -> SchemaUnion.of(one, other))
        .hasMessage("field f[].n is int in one and string in the other");
  }

  /** Else files would be begun for schemas that say the same. */
  @Test
  void propertiesOfTheFirstAreKept() throws IncompatibleSchemasException {
    Schema one =
        record(
            "{'name':'a','type':{'type':'array','items':'int','java-class':'x'}},"
                + "{'name':'m','type':{'type':'map','values':'int','java-class':'y'}}");
    Schema other =
        record(
            "{'name':'a','type':{'type':'array','items':'int'}},"
                + "{'name':'m','type':{'type':'map','values':'int'}}");

    assertThat(SchemaUnion.of(one, other)).isSameAs(one);
  }

  @Test
  void symbolsOfBothAreKept() throws IncompatibleSchemasException {
    Schema union =
        SchemaUnion.of(
            field("{'type':'enum','name':'E','symbols':['A','B']}"),
            field("{'type':'enum','name':'E','symbols':['C','A']}"));

    assertThat(union.getField("f").schema().getEnumSymbols()).containsExactly("A", "B", "C");
  }

  /** A type has one definition, wherever it is used, also where only one of the schemas uses it. */
  @Test
  void aNamedTypeWidensWhereverItStands() throws IncompatibleSchemasException {
    String narrow = "{'type':'record','name':'P','fields':[{'name':'x','type':'int'}]}";
    String wide = "{'type':'record','name':'P','fields':[{'name':'x','type':'long'}]}";
    Schema union =
        SchemaUnion.of(
            record("{'name':'a','type':" + narrow + "},{'name':'b','type':'P'}"),
            record("{'name':'a','type':" + wide + "}"));

    Schema reread = new Schema.Parser().parse(union.toString());
    assertThat(reread).isEqualTo(union);
    assertThat(reread.getField("b").schema().getTypes().get(1).getField("x").schema().getType())
        .isEqualTo(Schema.Type.LONG);
  }

  @Test
  void recursiveTypesAreUnited() throws IncompatibleSchemasException {
    Schema union =
        SchemaUnion.of(
            record("{'name':'next','type':['null','Order']}"),
            record("{'name':'next','type':['null','Order']},{'name':'n','type':'int'}"));

    assertThat(new Schema.Parser().parse(union.toString())).isEqualTo(union);
    assertThat(union.getField("next").schema().getTypes().get(1)).isSameAs(union);
  }
}
