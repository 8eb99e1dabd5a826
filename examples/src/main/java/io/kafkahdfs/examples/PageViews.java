package io.kafkahdfs.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The page views of an encyclopedia's readers all over the world, without end. The same seed brings
 * the same events. Keys are user ids; now and then a user asks to be forgotten, and an event
 * without a value says so, as compacted topics have it.
 */
final class PageViews implements Iterator<TestRecord> {
  private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");
  private static final int USERS = 2_000;
  private static final int FORGETFUL_PERCENT = 2;
  private static final int SEARCHING_PERCENT = 60;

  private static final List<Page> PAGES =
      List.of(
          new Page("/en/Northern_lights", "Northern lights", "why is the sky green"),
          new Page("/is/Eyjafjallajökull", "Eyjafjallajökull", "eldgos í þjórsárdal"),
          new Page("/de/Straßenbahn", "Straßenbahn in Köln", "größte straßenbahn"),
          new Page("/el/Σπανακόπιτα", "Σπανακόπιτα", "συνταγή με φέτα"),
          new Page("/ru/Байкал", "Озеро Байкал", "самое глубокое озеро"),
          new Page("/ar/قهوة", "تاريخ القهوة العربية", "قهوة بالهيل"),
          new Page("/he/ירושלים", "שוק מחנה יהודה", "חומוס טוב"),
          new Page("/hi/चाय", "मसाला चाय", "चाय कैसे बनाएं"),
          new Page("/zh/长城", "万里长城", "长城有多长"),
          new Page("/ja/富士山", "富士山と桜", "登山の季節"),
          new Page("/en/Emoji", "Emoji 🎉 and their families 👩‍👩‍👧", "🦆 or 🦢?"));

  private final ObjectMapper json = new ObjectMapper();
  private final Random random;
  private Instant time = FIRST;

  /**
   * A page and what people search for who find it. The lists' scripts differ in how many bytes of
   * UTF-8 a character takes, and in their direction.
   */
  private record Page(String path, String title, String search) {}

  PageViews(long seed) {
    random = new Random(seed);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public TestRecord next() {
    time = time.plusMillis(1 + random.nextInt(900));
    String user = "user-%04d".formatted(random.nextInt(USERS));
    if (random.nextInt(100) < FORGETFUL_PERCENT) {
      return TestRecord.of(user, null);
    }
    Page page = PAGES.get(random.nextInt(PAGES.size()));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("time", time.toString());
    view.put("page", page.path);
    view.put("title", page.title);
    if (random.nextInt(100) < SEARCHING_PERCENT) {
      view.put("search", page.search);
    }
    view.put("ms", 20 + random.nextInt(400));
    try {
      // As text first: written as bytes, Jackson would escape the emoji.
      return TestRecord.of(user, json.writeValueAsString(view)).with(language(page));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers can always be JSON", e);
    }
  }

  /** The encyclopedia's language, as a header: it routes the event, and is no part of it. */
  private static TestHeader language(Page page) {
    return new TestHeader("language", page.path.substring(1, 3).getBytes(StandardCharsets.UTF_8));
  }
}
