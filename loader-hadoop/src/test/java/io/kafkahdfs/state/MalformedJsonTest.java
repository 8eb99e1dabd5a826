package io.kafkahdfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedJsonTest {
  enum Kind {
    SMALL,
    LARGE
  }

  record Entry(String name, long count) {
    Entry {
      StoredValue.notNegative("count", count);
    }
  }

  record Thing(
      String name,
      int number,
      @MayBeNull Double ratio,
      Kind kind,
      List<Entry> entries,
      SortedMap<String, String> texts,
      @AddedLater List<String> later) {}

  private static final Thing THING =
      new Thing(
          "x",
          1,
          0.5,
          Kind.LARGE,
          List.of(new Entry("a", 1), new Entry("b", 2)),
          new TreeMap<>(java.util.Map.of("k", "v")),
          List.of("l"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"number\" : 1| \"number\" : \"1\"| number",
        "\"number\" : 1| \"number\" : 1.5| number",
        "\"number\" : 1| \"number\" : 99999999999| number",
        "\"number\" : 1| \"number\" : null| number",
        "\"number\" : 1| \"n\" : 1| n",
        "\"number\" : 1| \"number\" : 1, \"number\" : 1| number",
        "\"name\" : \"x\"| \"name\" : null| name",
        "\"name\" : \"x\"| \"name\" : 5| name",
        "\"name\" : \"x\"| \"name\" : [[[[ ]]]]| name",
        "\"ratio\" : 0.5| \"ratio\" : \"NaN\"| ratio",
        "\"kind\" : \"LARGE\"| \"kind\" : 1| kind",
        "\"kind\" : \"LARGE\"| \"kind\" : \"HUGE\"| kind",
        "\"k\" : \"v\"| \"k\" : null| texts.k",
        "\"count\" : 2| \"count\" : -2| entries[1]: count: -2 is negative",
        "\"count\" : 2| \"count\" : 2, \"x\" : 0| entries[1].x",
      })
  void saysWhatIsWrongAndWhere(String right, String wrong, String where) {
    String json = new String(Json.write(THING), StandardCharsets.UTF_8);
    assertThat(json).contains(right);
    assertThatThrownBy(() -> Json.read(bytes(json.replace(right, wrong)), Thing.class))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining(where)
        .message()
        .hasLineCount(1);
  }

  @Test
  void takesNullWhereItMayBe() throws Exception {
    Thing thing = new Thing("x", 1, null, Kind.SMALL, List.of(), new TreeMap<>(), null);
    assertThat(Json.read(Json.write(thing), Thing.class)).isEqualTo(thing);
    String before =
        "{\"name\":\"x\",\"number\":1,\"ratio\":null,\"kind\":\"SMALL\",\"entries\":[],\"texts\":{}}";
    assertThat(Json.read(bytes(before), Thing.class)).isEqualTo(thing);
  }

  @Test
  void spoiledJson() {
    byte[] json = Json.write(THING);
    Cases.run(
        10_000,
        random -> {
          try {
            Thing read =
                random.nextBoolean()
                    ? Json.read(bytes(new JsonSpoiler(random).spoil(json)), Thing.class)
                    : Json.read(new Spoiler(random).spoil(json), Thing.class);
            // What is taken for a thing is one.
            assertThat(Json.read(Json.write(read), Thing.class)).isEqualTo(read);
          } catch (MalformedJsonException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
