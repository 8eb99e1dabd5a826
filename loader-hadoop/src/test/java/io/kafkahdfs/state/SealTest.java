package io.kafkahdfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** As it is stored: among the values are those that JSON writers print in different ways. */
  record Thing(String name, double number, List<Long> numbers, @MayBeNull Thing inner) {}

  private static final Thing THING =
      new Thing(
          "a \"b\\\" {} ,\t é 🎉", 2.0e23, List.of(1L, -5L), new Thing("", 0.1, List.of(), null));

  @Test
  void whatWasSealedIsReadAsItWas() throws IOException {
    assertThat(Json.readSealed(Json.writeSealed(THING), Thing.class)).isEqualTo(THING);
  }

  @Test
  void theSealIsTheLastField() {
    assertThat(text(Json.writeSealed(THING)))
        .matches("(?s)\\{\n  \"name\" : .*,\n  \"checksum\" : \"sha256:[0-9a-f]{64}\"\n}\n");
  }

  @Test
  void theSealDoesNotDependOnHowALibraryPrintsNumbers() throws Exception {
    // As a version of Java or Jackson before or after this one may print them.
    String json = "{\n  \"name\" : \"x\",\n  \"number\" : 2.00E+23,\n  \"numbers\" : [ ]";
    String compact = "{\"name\":\"x\",\"number\":2.00E+23,\"numbers\":[],\"inner\":null}";
    String sealed =
        json + ",\n  \"inner\" : null,\n  \"checksum\" : \"sha256:" + hash(compact) + "\"\n}\n";

    assertThat(Json.readSealed(bytes(sealed), Thing.class))
        .isEqualTo(new Thing("x", 2.0e23, List.of(), null));
  }

  @Test
  void whatWasSealedBeforeThisClassWasThereIsRead() throws Exception {
    Random random = new Random(16);
    for (int i = 0; i < 1_500; i++) {
      Thing thing = thing(random, 3);
      assertThat(Json.writeSealed(thing)).isEqualTo(sealedByTree(thing));
      assertThat(Json.readSealed(sealedByTree(thing), Thing.class)).isEqualTo(thing);
    }
  }

  @Test
  void whiteSpaceDoesNotMatter() throws IOException {
    String sealed = text(Json.writeSealed(new Thing("a b", 1, List.of(), null)));

    assertThat(
            Json.readSealed(bytes(sealed.replace("\n", "\r\n\t").replace(" : ", ":")), Thing.class))
        .isEqualTo(new Thing("a b", 1, List.of(), null));
  }

  @Test
  void noBitMayBeChangedButInWhiteSpace() {
    byte[] sealed = Json.writeSealed(THING);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      if (!Character.isWhitespace(sealed[bit / 8])) {
        assertThatThrownBy(() -> Json.readSealed(changed, Thing.class))
            .as("bit %d of %s", bit, text(changed))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void noByteMayBeMissing() {
    byte[] sealed = Json.writeSealed(THING);
    // The last one is a line feed.
    for (int length = 0; length < sealed.length - 1; length++) {
      byte[] cut = java.util.Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> Json.readSealed(cut, Thing.class)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"checksum\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"}",
        "{\"name\":\"x\",\"checksum\":null}",
        "{\"name\":\"x\",\"checksum\":{\"sha256:\":\"\"}}",
        "[\"checksum\",\"sha256:\"]",
        "\"checksum\"",
        "null",
        ""
      })
  void whatHasNoSealIsNotTrusted(String json) {
    assertThatThrownBy(() -> Json.readSealed(bytes(json), Thing.class))
        .isInstanceOf(IOException.class);
  }

  /** How the first versions sealed: over what Jackson makes of the value a second time. */
  private static byte[] sealedByTree(Thing thing) throws Exception {
    ObjectNode tree = MAPPER.valueToTree(thing);
    tree.put("checksum", "sha256:" + hash(tree.toString()));
    return bytes(MAPPER.writeValueAsString(tree) + "\n");
  }

  private static Thing thing(Random random, int depth) {
    StringBuilder name = new StringBuilder();
    random.ints(random.nextInt(12), 0, 0x250).forEach(name::appendCodePoint);
    return new Thing(
        name.append(random.nextBoolean() ? "\\\"" : "🎉").toString(),
        Double.longBitsToDouble(random.nextLong() & ~(1L << 62)),
        random.longs(random.nextInt(3)).boxed().toList(),
        depth == 0 ? null : thing(random, depth - 1));
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
