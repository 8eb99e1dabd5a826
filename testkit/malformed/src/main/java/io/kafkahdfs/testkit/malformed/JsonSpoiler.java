package io.kafkahdfs.testkit.malformed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Spoils JSON where its values are: fields that are missing, null, of another type, doubled or
 * unknown, numbers beyond what can be, texts that are not what they should be, lists that are empty
 * or have an entry twice.
 */
public final class JsonSpoiler {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final String[] TEXTS = {
    "", " ", "null", "NaN", "-1", "1e400", "../../x", "/", "/etc/passwd", "a:b", "\0", "a\nb", "🎉"
  };

  private final Random random;
  private final Spoiler spoiler;

  public JsonSpoiler(Random random) {
    this.random = random;
    this.spoiler = new Spoiler(random);
  }

  /**
   * One to three changes to the values of a sample.
   *
   * @return JSON, indented; it may have a field twice
   */
  public String spoil(byte[] sample) {
    try {
      ObjectNode tree = (ObjectNode) MAPPER.readTree(sample);
      for (int i = random.nextInt(3); i >= 0; i--) {
        changeAnywhere(tree);
      }
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
      return random.nextInt(20) == 0 ? doubleField(text) : text;
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(new String(sample, StandardCharsets.UTF_8), e);
    }
  }

  private void changeAnywhere(ObjectNode tree) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ObjectNode object) {
      change(object);
    } else {
      change((ArrayNode) container);
    }
  }

  private void change(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || random.nextInt(12) == 0) {
      object.set("x" + random.nextInt(3), other(MAKE.nullNode()));
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.putNull(name);
      case 2 -> object.set(name, object.get(names.get(random.nextInt(names.size()))));
      default -> object.set(name, other(object.get(name)));
    }
  }

  private void change(ArrayNode array) {
    if (array.isEmpty()) {
      array.add(other(MAKE.nullNode()));
      return;
    }
    int at = random.nextInt(array.size());
    switch (random.nextInt(5)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(random.nextInt(array.size())).deepCopy());
      case 2 -> array.insertNull(at);
      case 3 -> array.removeAll();
      default -> array.set(at, other(array.get(at)));
    }
  }

  private JsonNode other(JsonNode now) {
    if (now.isIntegralNumber() && random.nextInt(4) > 0) {
      return random.nextBoolean()
          ? MAKE.numberNode(now.longValue() + random.nextInt(5) - 2)
          : MAKE.numberNode(spoiler.extreme());
    }
    return switch (random.nextInt(10)) {
      case 0 -> MAKE.nullNode();
      case 1 -> MAKE.numberNode(spoiler.extreme());
      case 2 -> MAKE.numberNode(-0.5);
      case 3 -> MAKE.numberNode(BigInteger.TWO.pow(64 + random.nextInt(40)));
      case 4 -> MAKE.rawValueNode(new RawValue(random.nextBoolean() ? "1e999" : "NaN"));
      case 5 -> MAKE.objectNode();
      case 6 -> MAKE.arrayNode();
      case 7 -> deep();
      default ->
          MAKE.textNode(
              now.isTextual() && random.nextBoolean()
                  ? spoiler.spoil(now.textValue())
                  : TEXTS[random.nextInt(TEXTS.length)]);
    };
  }

  /** Mostly as deep as a mistake would make it, and now and then as deep as malice would. */
  private JsonNode deep() {
    int depth = random.nextInt(50) == 0 ? 100_000 : random.nextInt(5);
    return MAKE.rawValueNode(new RawValue("[".repeat(depth) + "]".repeat(depth)));
  }

  private static String doubleField(String text) throws JsonProcessingException {
    String first = text.lines().skip(1).findFirst().orElse("");
    return first.endsWith(",")
        ? text.replaceFirst("\\{", "{" + first.replace("\\", "\\\\").replace("$", "\\$"))
        : text;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
