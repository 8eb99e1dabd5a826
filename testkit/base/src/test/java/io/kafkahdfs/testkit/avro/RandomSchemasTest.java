package io.kafkahdfs.testkit.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RandomSchemasTest {
  private static final int CASES = 1000;

  /**
   * So many bytes are put behind a datum. Avro 1.12.2 refuses an array if what is left has not the
   * size that its elements have at least in the reader's schema, though the writer's may be
   * smaller.
   */
  private static final int BEHIND = 1 << 10;

  @Test
  void aSchemaIsWhatItsJsonSays() {
    for (int seed = 0; seed < CASES; seed++) {
      Schema schema = new RandomSchemas(new Random(seed), Kind.all()).record();

      assertThat(new Schema.Parser().parse(schema.toString()))
          .as("seed %d", seed)
          .isEqualTo(schema);
    }
  }

  @Test
  void allKindsComeAndNoOther() {
    for (Kind left : Kind.values()) {
      Set<Kind> kinds = EnumSet.copyOf(Kind.allBut(left));
      Set<Kind> seen = new HashSet<>();
      for (int seed = 0; seed < CASES; seed++) {
        collect(new RandomSchemas(new Random(seed), kinds).record(), seen, new HashSet<>());
      }
      // What these are made of shows, not that they were meant.
      Set.of(Kind.NAMED_AGAIN, Kind.SELF, Kind.RECORD, Kind.UNION, Kind.NULLABLE, Kind.NULL)
          .forEach(kinds::remove);

      assertThat(seen).as("without %s", left).isEqualTo(kinds);
    }
  }

  @Test
  void schemasContainThemselvesOnlyIfTheyMay() {
    assertThat(anyContainsItself(Kind.all())).isTrue();
    assertThat(anyContainsItself(Kind.allBut(Kind.SELF))).isFalse();
  }

  @Test
  void dataIsReadAsItWasWritten() throws IOException {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Schema schema = new RandomSchemas(random, Kind.all()).record();
      GenericRecord record = new RandomData(random).record(schema);

      assertThat(GenericData.get().validate(schema, record)).as("seed %d", seed).isTrue();
      assertThat(read(write(record), schema, schema)).as("seed %d", seed).isEqualTo(record);
    }
  }

  @Test
  void decimalsHaveTheirDigits() {
    Schema schema = LogicalTypes.decimal(3, 1).addToSchema(Schema.createFixed("F", null, null, 8));
    RandomData data = new RandomData(new Random(1));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < CASES; i++) {
      GenericData.Fixed fixed = (GenericData.Fixed) data.of(schema);
      seen.add(java.nio.ByteBuffer.wrap(fixed.bytes()).getLong());
    }

    assertThat(seen).contains(-999L, 0L, 999L).allMatch(number -> Math.abs(number) <= 999);
  }

  @Test
  void theNextVersionReadsWhatThisOneWrote() throws IOException {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Schema schema = new RandomSchemas(random, Kind.all()).record();
      GenericRecord record = new RandomData(random).record(schema);
      for (int version = 2; version < 5; version++) {
        Schema next = SchemaEvolution.of(schema, random, EnumSet.allOf(Change.class)).schema();

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(next, schema).getType())
            .as("seed %d", seed)
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        record = read(write(record), schema, next);
        assertThat(GenericData.get().validate(next, record)).as("seed %d", seed).isTrue();
        schema = next;
      }
    }
  }

  @Test
  void eachChangeIsMadeAloneIfItMay() {
    for (Change change : Change.values()) {
      int changed = 0;
      for (int seed = 0; seed < CASES; seed++) {
        Random random = new Random(seed);
        Schema schema = new RandomSchemas(random, Kind.all()).record();
        SchemaEvolution.Next next = SchemaEvolution.of(schema, random, Set.of(change));

        assertThat(next.changes()).isSubsetOf(change);
        assertThat(next.schema().equals(schema))
            .as("seed %d", seed)
            .isEqualTo(next.changes().isEmpty());
        changed += next.changes().isEmpty() ? 0 : 1;
      }
      assertThat(changed).as("%s", change).isGreaterThan(CASES / 50);
    }
  }

  @Test
  void aSeedDecidesAll() {
    for (int seed = 0; seed < CASES; seed++) {
      assertThat(all(new Random(seed))).isEqualTo(all(new Random(seed)));
    }
  }

  private static String all(Random random) {
    Schema schema = new RandomSchemas(random, Kind.all()).record();
    Schema next = SchemaEvolution.of(schema, random, EnumSet.allOf(Change.class)).schema();
    return schema + " " + next + " " + new RandomData(random).record(next);
  }

  private static boolean anyContainsItself(Set<Kind> kinds) {
    for (int seed = 0; seed < CASES; seed++) {
      if (containsItself(new RandomSchemas(new Random(seed), kinds).record(), Set.of())) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsItself(Schema schema, Set<String> within) {
    return switch (schema.getType()) {
      case RECORD -> {
        Set<String> inner = new HashSet<>(within);
        yield !inner.add(schema.getFullName())
            || schema.getFields().stream().anyMatch(field -> containsItself(field.schema(), inner));
      }
      case UNION -> schema.getTypes().stream().anyMatch(type -> containsItself(type, within));
      case ARRAY -> containsItself(schema.getElementType(), within);
      case MAP -> containsItself(schema.getValueType(), within);
      default -> false;
    };
  }

  /** Which kinds of leaves, arrays and maps are in a schema. */
  private static void collect(Schema schema, Set<Kind> seen, Set<String> names) {
    switch (schema.getType()) {
      case RECORD -> {
        if (names.add(schema.getFullName())) {
          schema.getFields().forEach(field -> collect(field.schema(), seen, names));
        }
      }
      case UNION -> schema.getTypes().forEach(type -> collect(type, seen, names));
      case NULL -> {}
      case ARRAY -> {
        seen.add(Kind.ARRAY);
        collect(schema.getElementType(), seen, names);
      }
      case MAP -> {
        seen.add(Kind.MAP);
        collect(schema.getValueType(), seen, names);
      }
      default -> seen.add(leaf(schema));
    }
  }

  private static Kind leaf(Schema schema) {
    if (schema.getLogicalType() == null) {
      return Kind.valueOf(schema.getType().name());
    }
    String name =
        schema.getLogicalType().getName().replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    return Kind.valueOf(name.equals("DECIMAL") ? name + "_" + schema.getType() : name);
  }

  private static byte[] write(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return Arrays.copyOf(out.toByteArray(), out.size() + BEHIND);
  }

  private static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
